import { Module } from '@nestjs/common';
import { ChatHistoryHandler } from './chat-history.js';
import { SendMessageHandler } from './send-message.js';

@Module({ providers: [SendMessageHandler, ChatHistoryHandler] })
export class ChatModule {}
