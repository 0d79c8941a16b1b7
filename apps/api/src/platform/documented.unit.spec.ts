import 'reflect-metadata';
import { describe, expect, it } from '@jest/globals';
import {
  ArrayMaxSize,
  IsArray,
  IsEmail,
  IsIn,
  IsInt,
  IsString,
  Length,
  Matches,
  Max,
  Min,
} from 'class-validator';
import { Documented } from './documented.js';
import { Optional } from './optional.js';

const toldOf = (of: new () => object, field: string): unknown =>
  Reflect.getMetadata('swagger/apiModelProperties', of.prototype as object, field);

describe('what a field tells the OpenAPI document', () => {
  it('is the type and the limits that its rules check, and null where it may be', () => {
    class Body {
      @Documented({ example: 'x' })
      @Optional({ nullable: true })
      @IsString()
      @Length(1, 9)
      name?: string | null;

      @Documented()
      @Optional({ nullable: true })
      @IsIn(['a', 'b'])
      kind?: 'a' | 'b' | null;

      @Documented()
      @IsArray()
      @ArrayMaxSize(3)
      @Matches(/^\d$/, { each: true })
      digits!: string[];
    }
    expect(toldOf(Body, 'name')).toMatchObject({
      type: 'string',
      minLength: 1,
      maxLength: 9,
      nullable: true,
      required: false,
      example: 'x',
    });
    expect(toldOf(Body, 'kind')).toMatchObject({ type: 'string', enum: ['a', 'b', null], nullable: true });
    expect(toldOf(Body, 'digits')).toMatchObject({
      type: 'array',
      maxItems: 3,
      items: { type: 'string', pattern: '^\\d$' },
      required: true,
    });
    expect(toldOf(Body, 'digits')).not.toHaveProperty('nullable');
  });

  it('is 64 bits for an integer that needs them, and not needed where there is a default', () => {
    class Query {
      @Documented({ default: 20 })
      @IsInt()
      @Min(1)
      @Max(100)
      limit = 20;

      @Documented()
      @Optional()
      @IsInt()
      after?: number;
    }
    expect(toldOf(Query, 'limit')).toMatchObject({
      type: 'integer',
      minimum: 1,
      maximum: 100,
      required: false,
    });
    expect(toldOf(Query, 'limit')).not.toHaveProperty('format');
    expect(toldOf(Query, 'after')).toMatchObject({ type: 'integer', format: 'int64', required: false });
  });

  it('is refused where no rule stands below it, or one of which nothing is known', () => {
    const below = (...rules: PropertyDecorator[]): (() => void) => {
      class Body {}
      for (const rule of rules) rule(Body.prototype, 'field');
      return () => {
        Documented()(Body.prototype, 'field');
      };
    };
    expect(below()).toThrow('Body.field has no rule below @Documented');
    expect(below(IsEmail())).toThrow('Body.field: it is not known what the rule isEmail says in a schema');
    expect(below(Matches(/^a$/i))).toThrow('The pattern of a schema has no flag: ^a$');
  });
});
