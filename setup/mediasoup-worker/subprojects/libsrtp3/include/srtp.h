// mediasoup is written against libsrtp 3, of which Debian has only version 2. These are the libsrtp 3 calls that
// mediasoup makes, carried out by libsrtp 2. See ../../../README.md.
#ifndef PARLEY_SRTP3_OVER_2_H
#define PARLEY_SRTP3_OVER_2_H

#include <srtp2/srtp.h>
#include <cstddef>
#include <cstdint>
#include <cstring>

// Error codes that libsrtp 2 lacks.
constexpr srtp_err_status_t srtp_err_status_buffer_small = static_cast<srtp_err_status_t>(28);
constexpr srtp_err_status_t srtp_err_status_cryptex_err  = static_cast<srtp_err_status_t>(29);

// libsrtp 3 takes separate input and output buffers, libsrtp 2 works in place.
// These are C++ overloads of libsrtp 2's C functions.
namespace srtp3_over_2
{
	template<typename Fn>
	inline srtp_err_status_t run(
	  Fn fn, srtp_t ctx, const uint8_t* in, size_t inLen, uint8_t* out, size_t* outLen, size_t trailer)
	{
		if (*outLen < inLen + trailer)
		{
			return srtp_err_status_buffer_small;
		}

		if (out != in)
		{
			std::memmove(out, in, inLen);
		}

		int len = static_cast<int>(inLen);

		const srtp_err_status_t err = fn(ctx, out, &len);

		if (err == srtp_err_status_ok)
		{
			*outLen = static_cast<size_t>(len);
		}

		return err;
	}
} // namespace srtp3_over_2

inline srtp_err_status_t srtp_protect(
  srtp_t ctx, const uint8_t* rtp, size_t rtpLen, uint8_t* srtp, size_t* srtpLen, size_t /*mkiIndex*/)
{
	return srtp3_over_2::run(
	  [](srtp_t c, void* p, int* l) { return ::srtp_protect(c, p, l); },
	  ctx, rtp, rtpLen, srtp, srtpLen, SRTP_MAX_TRAILER_LEN);
}

inline srtp_err_status_t srtp_unprotect(
  srtp_t ctx, const uint8_t* srtp, size_t srtpLen, uint8_t* rtp, size_t* rtpLen)
{
	return srtp3_over_2::run(
	  [](srtp_t c, void* p, int* l) { return ::srtp_unprotect(c, p, l); },
	  ctx, srtp, srtpLen, rtp, rtpLen, 0);
}

inline srtp_err_status_t srtp_protect_rtcp(
  srtp_t ctx, const uint8_t* rtcp, size_t rtcpLen, uint8_t* srtcp, size_t* srtcpLen, size_t /*mkiIndex*/)
{
	return srtp3_over_2::run(
	  [](srtp_t c, void* p, int* l) { return ::srtp_protect_rtcp(c, p, l); },
	  ctx, rtcp, rtcpLen, srtcp, srtcpLen, SRTP_MAX_TRAILER_LEN + 4);
}

inline srtp_err_status_t srtp_unprotect_rtcp(
  srtp_t ctx, const uint8_t* srtcp, size_t srtcpLen, uint8_t* rtcp, size_t* rtcpLen)
{
	return srtp3_over_2::run(
	  [](srtp_t c, void* p, int* l) { return ::srtp_unprotect_rtcp(c, p, l); },
	  ctx, srtcp, srtcpLen, rtcp, rtcpLen, 0);
}

// Other name; the caller passes network order, as libsrtp 2 documents.
inline srtp_err_status_t srtp_stream_remove(srtp_t ctx, uint32_t ssrc)
{
	return ::srtp_remove_stream(ctx, ssrc);
}

// libsrtp 3 hides its policy behind a handle with setters; libsrtp 2 has a plain struct that points to its key.
struct Srtp3Policy
{
	::srtp_policy_t policy{};
	unsigned char key[SRTP_MAX_KEY_LEN]{};
};
using Srtp3PolicyHandle = Srtp3Policy*;

inline srtp_err_status_t srtp_policy_create(Srtp3PolicyHandle* policy)
{
	*policy = new Srtp3Policy();
	(*policy)->policy.key = (*policy)->key;
	return srtp_err_status_ok;
}
inline void srtp_policy_destroy(Srtp3PolicyHandle policy)
{
	std::memset(policy->key, 0, sizeof(policy->key));
	delete policy;
}
inline srtp_err_status_t srtp_policy_set_ssrc(Srtp3PolicyHandle policy, srtp_ssrc_t ssrc)
{
	policy->policy.ssrc = ssrc;
	return srtp_err_status_ok;
}
inline srtp_err_status_t srtp_policy_set_profile(Srtp3PolicyHandle policy, srtp_profile_t profile)
{
	const srtp_err_status_t err = srtp_crypto_policy_set_from_profile_for_rtp(&policy->policy.rtp, profile);
	return err != srtp_err_status_ok ? err : srtp_crypto_policy_set_from_profile_for_rtcp(&policy->policy.rtcp, profile);
}
inline srtp_err_status_t srtp_policy_add_key(
  Srtp3PolicyHandle policy, const uint8_t* key, size_t keyLen, const uint8_t* salt, size_t saltLen, const uint8_t*, size_t)
{
	if (keyLen + saltLen > sizeof(policy->key))
	{
		return srtp_err_status_bad_param;
	}
	std::memcpy(policy->key, key, keyLen);
	std::memcpy(policy->key + keyLen, salt, saltLen);
	return srtp_err_status_ok;
}
inline srtp_err_status_t srtp_policy_set_allow_repeat_tx(Srtp3PolicyHandle policy, bool allow)
{
	policy->policy.allow_repeat_tx = allow ? 1 : 0;
	return srtp_err_status_ok;
}
inline srtp_err_status_t srtp_policy_set_window_size(Srtp3PolicyHandle policy, size_t size)
{
	policy->policy.window_size = size;
	return srtp_err_status_ok;
}
inline srtp_err_status_t srtp_create(srtp_t* session, Srtp3PolicyHandle policy)
{
	return ::srtp_create(session, &policy->policy);
}
#define srtp_policy_t Srtp3PolicyHandle

#endif
