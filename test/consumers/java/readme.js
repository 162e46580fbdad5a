/** Writes a program of the snippets of docs/java.md, each in a stack of its own. usage: node readme.js docs/java.md Readme.java */
const { readFileSync, writeFileSync } = require('fs');

const [page, program] = process.argv.slice(2);
const snippets = [...readFileSync(page, 'utf8').matchAll(/^```java\n(.*?)^```$/gms)].map(([, source]) => source);
const imports = new Set(snippets.flatMap((source) => source.match(/^import .*;$/gm) ?? []));
const statements = (source) => source.replace(/^import .*;\n/gm, '').trim();
const declared = (source) => [...source.matchAll(/^\w+ (\w+) =/gm)].map(([, name]) => name);

/** What a snippet does not say itself, those before it have said. */
function stack(source, index) {
  const given = {
    bucket: 'Bucket bucket = given.bucket;',
    prepare: 'ProcessingJob prepare = given.prepare;',
    job: 'ProcessingJob job = given.prepare;',
    topic: 'Topic topic = new Topic(given, "Topic");',
    credentials: 'Secret credentials = new Secret(given, "Credentials");',
    watcher: 'User watcher = new User(given, "Watcher");',
  };
  declared(source).forEach((name) => delete given[name]);
  return `
    static class Snippet${index} extends Stack {
        Snippet${index}(App app) {
            super(app, "Snippet${index}");
            Given given = new Given(this);
            ${[...Object.values(given), statements(source)].join('\n').replaceAll('\n', '\n            ')}
        }
    }`;
}

writeFileSync(program, `package example;

import java.util.List;
import java.util.Map;
${[...imports].join('\n')}
import software.amazon.awscdk.Annotations;
import software.amazon.awscdk.App;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.events.OnEventOptions;
import software.amazon.awscdk.services.events.RuleTargetInput;
import software.amazon.awscdk.services.events.targets.SnsTopic;
import software.amazon.awscdk.services.iam.User;
import software.amazon.awscdk.services.secretsmanager.Secret;
import software.amazon.awscdk.services.sns.Topic;
import software.constructs.Construct;

class Readme {
    static class Given extends Construct {
        final Bucket bucket;
        final ProcessingJob prepare;

        Given(Stack stack) {
            super(stack, "Given");
            ${statements(snippets[0]).replaceAll('\n', '\n            ')}
            this.bucket = bucket;
            this.prepare = prepare;
        }
    }
${snippets.map(stack).join('\n')}

    public static void main(String[] arguments) {
        App app = new App();
${snippets.map((_, index) => `        new Snippet${index}(app);`).join('\n')}
        app.synth();
    }
}
`);
if (snippets.length < 6) throw new Error(`${page} has only ${snippets.length} snippets`);
