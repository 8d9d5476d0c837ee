import type { Library } from '../model.ts';

/** BullMQ and Bull: queues of jobs on Redis. */
export const BULLMQ: Library = {
  kind: 'bullmq',
  packages: ['bullmq', 'bull', '@nestjs/bullmq', '@nestjs/bull'],
  values: {
    'bullmq#Queue': 'client',
    'bullmq#Worker': 'client',
    'bullmq#QueueEvents': 'client',
    'bullmq#FlowProducer': 'client',
    bull: 'client',
    'bull#Queue': 'client',
  },
  roles: {
    client: {
      calls: { add: 'publish', addBulk: 'publish', close: 'manage', obliterate: 'manage', drain: 'manage' },
    },
  },
  close: ['close', 'disconnect'],
};

/** RabbitMQ through amqplib. */
export const AMQP: Library = {
  kind: 'amqp',
  packages: ['amqplib', 'amqp-connection-manager'],
  values: {
    'amqplib#connect': 'client',
    'amqplib/callback_api#connect': 'client',
    'amqp-connection-manager#connect': 'client',
    'amqplib#Connection': 'client',
    'amqplib#ChannelModel': 'client',
    'amqplib#Channel': 'channel',
    'amqplib#ConfirmChannel': 'channel',
  },
  roles: {
    client: {
      calls: { close: 'manage' },
      leads: { createChannel: { role: 'channel' }, createConfirmChannel: { role: 'channel' } },
    },
    channel: {
      calls: {
        publish: 'publish',
        sendToQueue: 'publish',
        get: 'read',
        consume: 'manage',
        assertQueue: 'manage',
        assertExchange: 'manage',
        close: 'manage',
      },
    },
  },
  close: ['close'],
};

/** Kafka through KafkaJS and clients that are like it. */
export const KAFKA: Library = {
  kind: 'kafka',
  packages: ['kafkajs', '@confluentinc/kafka-javascript'],
  values: {
    'kafkajs#Kafka': 'manager',
    'kafkajs#Producer': 'client',
    'kafkajs#Consumer': 'client',
    'kafkajs#Admin': 'client',
    '@confluentinc/kafka-javascript#KafkaJS.Kafka': 'manager',
  },
  roles: {
    manager: {
      calls: {},
      leads: { producer: { role: 'client' }, consumer: { role: 'client' }, admin: { role: 'client' } },
    },
    client: {
      calls: {
        send: 'publish',
        sendBatch: 'publish',
        run: 'manage',
        subscribe: 'manage',
        connect: 'manage',
        disconnect: 'manage',
        transaction: 'transaction',
      },
    },
  },
  close: ['disconnect'],
};
