import { Module } from '@nestjs/common';
import { BroadcastMessageHandler } from './broadcast-message.js';
import { ChatHistoryHandler } from './chat-history.js';
import { SendMessageHandler } from './send-message.js';

@Module({ providers: [SendMessageHandler, BroadcastMessageHandler, ChatHistoryHandler] })
export class ChatModule {}
