require('node:fs').writeFileSync(require('node:path').join(__dirname, 'EXECUTED-' + require('node:path').basename(__filename)), '');
