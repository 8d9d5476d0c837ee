import { z } from 'zod';
import { rule } from '#api';
import { databaseFacet } from './databaseFacet.ts';

const FOLDERS = [
  '',
  'scripts/',
  'bin/',
  'ops/',
  'deploy/',
  'deployment/',
  'infra/',
  'docker/',
  'tools/',
  'database/',
  'db/',
  'k8s/',
  'cron/',
  'server/',
];
const NAMES = [
  ...[
    'backup',
    'backups',
    'restore',
    'pg-backup',
    'db-backup',
    'backup-db',
    'backup_db',
    'database-backup',
    'mongo-backup',
    'dump',
    'db-dump',
  ].flatMap((name) =>
    ['', '.sh', '.ts', '.js', '.mjs', '.py', '.yml', '.yaml', '.bash'].map((extension) => `${name}${extension}`),
  ),
];
const FILES = FOLDERS.flatMap((folder) => NAMES.map((name) => `${folder}${name}`));

export default rule({
  meta: {
    priority: 'P3',
    since: 'next',
    summary: 'Databases that a project runs for users and never copies.',
    promise: 'Databases are copied by a script, and the copy can be restored',
    appliesTo: 'everywhere',
    topics: ['database backup', 'backups', 'disaster recovery', 'pg_dump', 'restore procedure', 'backup script'],
    subject: ['services', 'image', 'volumes'],
    references: [
      { title: 'PostgreSQL: backup and restore', url: 'https://www.postgresql.org/docs/current/backup.html' },
      {
        title: 'Docker: back up, restore, or migrate data volumes',
        url: 'https://docs.docker.com/engine/storage/volumes/',
      },
    ],
    messages: {
      missing:
        '"{name}" keeps its data in a volume of this machine, and nothing in the project copies it or says who does: a lost disk or a wrong DELETE is final. Add a job that dumps it to another place, and try to restore.',
    },
  },
  options: z.strictObject({}),
  project: {
    facets: [databaseFacet],
    check({ all, exists, root, report }) {
      const files = [...all(databaseFacet)];
      if (files.some(({ value }) => value.copies)) return;
      const databases = files.flatMap(({ path, value }) => value.databases.map((database) => ({ path, ...database })));
      const [first] = databases;
      if (first === undefined || FILES.some((name) => exists(`${root}/${name}`))) return;
      report({ path: first.path, facet: databaseFacet, anchor: first.at }, 'missing', { name: first.name });
    },
  },
});
