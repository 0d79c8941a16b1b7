// The first thing that runs, so it must be understood by any Node there is.
var major = Number(process.versions.node.split('.')[0]);
if (major < 20) {
  console.error('Parley needs Node 20 or newer to set itself up; this is ' + process.versions.node + '.');
  process.exit(1);
}
