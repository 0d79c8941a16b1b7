// CommonJS packages that require() the ESM @nestjs/* must find them evaluated, or Jest reports a require(esm) cycle.
import 'reflect-metadata';
import '@nestjs/common';
import '@nestjs/core';
