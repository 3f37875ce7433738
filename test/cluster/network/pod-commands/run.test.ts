import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Cluster } from '../../../../src/cluster/cluster.ts';
import { runInPod } from '../../../../src/cluster/network/pod-commands/run.ts';
import { addPod, addService, addSlice, webWorld } from '../world.ts';

function shellWorld(): Cluster {
  const cluster = webWorld();
  addService(cluster, 'idle', { clusterIP: '10.96.0.51', ports: [{ port: 80 }] });
  addPod(cluster, 'cache', '10.244.1.22', { image: 'redis:7' });
  addService(cluster, 'far', {
    clusterIP: '10.96.0.52',
    internalTrafficPolicy: 'Local',
    ports: [{ port: 80 }],
  });
  addSlice(cluster, 'far', [{ port: 80 }], [{ ip: '10.244.2.9', node: 'node-2' }]);
  addPod(cluster, 'box', '10.244.1.60', { image: 'busybox:1.36' });
  addPod(cluster, 'alpine', '10.244.1.61', { image: 'alpine:3.20' });
  addPod(cluster, 'shoot', '10.244.1.62', { image: 'nicolaka/netshoot' });
  addPod(cluster, 'bare', '10.244.1.63', { image: 'traefik/whoami' });
  return cluster;
}

const run = (pod: string, line: string, cluster = shellWorld()) =>
  runInPod(cluster, { namespace: 'default', pod }, ['sh', '-c', line]);
const title = '<title>Welcome to nginx!</title>';

describe('curl', () => {
  it.each([
    ['curl -s web', 0, ''],
    ['curl http://web:80/', 0, ''],
    ['curl nosuch', 6, 'curl: (6) Could not resolve host: nosuch\n'],
    ['curl -s nosuch', 6, ''],
    ['curl -sS nosuch', 6, 'curl: (6) Could not resolve host: nosuch\n'],
    [
      'curl idle',
      7,
      "curl: (7) Failed to connect to idle port 80 after 0 ms: Couldn't connect to server\n",
    ],
    ['curl -m 2 web:81', 28, 'curl: (28) Connection timed out after 2001 milliseconds\n'],
    [
      'curl --connect-timeout 2 far',
      28,
      'curl: (28) Failed to connect to far port 80 after 2001 ms: Timeout was reached\n',
    ],
    [
      'curl 10.96.0.99',
      28,
      "curl: (28) Failed to connect to 10.96.0.99 port 80 after 134968 ms: Couldn't connect to server\n",
    ],
    ['curl 10.244.1.22:6379', 52, 'curl: (52) Empty reply from server\n'],
    [
      'curl https://web:80',
      35,
      'curl: (35) OpenSSL/3.0.11: error:0A00010B:SSL routines::wrong version number\n',
    ],
    ['curl -f web/nothing', 22, 'curl: (22) The requested URL returned error: 404\n'],
    [
      'curl --nonsense web',
      2,
      "curl: option --nonsense: is unknown\ncurl: try 'curl --help' or 'curl --manual' for more information\n",
    ],
  ])('%s', (line, exit, stderr) => {
    expect(run('client', line)).toMatchObject({ exit, stderr });
  });

  it('prints the page, its head, its code', () => {
    expect(run('client', 'curl -s web').stdout).toContain(title);
    const head = run('client', 'curl -I web').stdout;
    expect(head).toMatch(
      /^HTTP\/1\.1 200 OK\r\nServer: nginx\r\nDate: Thu, 01 Jan 2026 00:00:00 GMT\r\n/,
    );
    expect(head).not.toContain(title);
    expect(run('client', "curl -s -o /dev/null -w '%{http_code}\\n' web").stdout).toBe('200\n');
    expect(run('client', "curl -s -o /dev/null -w '%{http_code}' idle").stdout).toBe('000');
    expect(run('client', 'curl -v web').stderr).toContain('> GET / HTTP/1.1\n> Host: web\n');
  });

  it('sends what it is given', () => {
    const body = run('client', "curl -s -X PUT -H 'X-A: 1' -d a=b 10.244.1.63/p").stdout;
    expect(body).toContain('PUT /p HTTP/1.1');
    expect(body).toContain('X-A: 1');
    expect(body).toMatch(/\n\na=b$/);
  });

  it('meets the API server', () => {
    const cluster = shellWorld();
    const api = 'https://10.200.0.1:6443';
    expect(run('client', `curl ${api}`, cluster).exit).toBe(60);
    expect(run('client', `curl -sk ${api}`, cluster).stdout).toContain('system:anonymous');
    expect(run('client', `curl -sk ${api}/healthz`, cluster).stdout).toBe('ok');
  });
});

describe('busybox', () => {
  it.each([
    ['wget -qO- nosuch', 1, "wget: bad address 'nosuch'\n"],
    [
      'wget -O- idle:80',
      1,
      "Connecting to idle (10.96.0.51:80)\nwget: can't connect to remote host (10.96.0.51): Connection refused\n",
    ],
    ['wget -qO- web:81 -T 2', 1, 'wget: download timed out\n'],
    ['wget -qO- web/nothing', 1, 'wget: server returned error: HTTP/1.1 404 Not Found\n'],
    ['curl web', 127, 'sh: curl: not found\n'],
    ['nc -z web 80', 0, ''],
    ['nc -zv web 80', 0, 'web (10.96.0.50:80) open\n'],
    ['nc -zv idle 80', 1, 'nc: idle (10.96.0.51:80): Connection refused\n'],
    ['ping -c 1 nosuch', 1, "ping: bad address 'nosuch'\n"],
    ['cat /etc/nothing', 1, "cat: can't open '/etc/nothing': No such file or directory\n"],
    ['dig web', 127, 'sh: dig: not found\n'],
  ])('%s', (line, exit, stderr) => {
    expect(run('box', line)).toMatchObject({ exit, stderr });
  });

  it('wget prints the page', () => {
    expect(run('box', 'wget -qO- web')).toMatchObject({ exit: 0, stderr: '' });
    expect(run('box', 'wget -qO- web').stdout).toContain(title);
  });

  it('ping reaches Pods, and never a cluster IP', () => {
    expect(run('box', 'ping -c 2 10.244.1.20').stdout).toContain(
      '2 packets received, 0% packet loss',
    );
    expect(run('box', 'ping -c 2 web')).toMatchObject({ exit: 1 });
  });

  it('nslookup counts every search domain that does not know a bare name', () => {
    const header = 'Server:\t\t10.96.0.10\nAddress:\t10.96.0.10:53\n\n';
    const not = (name: string) => `** server can't find ${name}: NXDOMAIN\n\n`;
    const rest = not('web.svc.cluster.local') + not('web.cluster.local');
    const found = 'Name:\tweb.default.svc.cluster.local\nAddress: 10.96.0.50\n\n';
    expect(run('box', 'nslookup web')).toMatchObject({
      exit: 1,
      stdout: `${header}${found}${rest}\n${rest}`,
    });
    const whole = run('box', 'nslookup web.default.svc.cluster.local');
    expect(whole).toMatchObject({ exit: 0, stdout: `${header}${found}\n` });
    expect(run('box', 'nslookup web.default')).toMatchObject({ exit: 1 });
  });
});

describe('bind-tools', () => {
  const header = 'Server:\t\t10.96.0.10\nAddress:\t10.96.0.10#53\n\n';
  it.each([
    ['nslookup web', 0, `${header}Name:\tweb.default.svc.cluster.local\nAddress: 10.96.0.50\n\n`],
    ['nslookup nosuch', 1, `${header}** server can't find nosuch: NXDOMAIN\n\n`],
    [
      'nslookup db.example.com',
      0,
      `${header}Non-authoritative answer:\nName:\tdb.example.com\nAddress: 203.0.113.80\n\n`,
    ],
    [
      'nslookup 10.96.0.50',
      0,
      '50.0.96.10.in-addr.arpa\tname = web.default.svc.cluster.local.\n\n',
    ],
    ['dig +short web.default.svc.cluster.local', 0, '10.96.0.50\n'],
    ['dig +short web', 0, ''],
    ['dig +short +search web', 0, '10.96.0.50\n'],
    ['getent hosts web', 0, '10.96.0.50      web.default.svc.cluster.local\n'],
    ['getent hosts nosuch', 2, ''],
  ])('%s', (line, exit, stdout) => {
    expect(run('shoot', line)).toMatchObject({ exit, stdout });
  });
});

describe('the shell', () => {
  it.each([
    ['echo a && echo b', 0, 'a\nb\n'],
    ['false && echo b', 1, ''],
    ['false || echo b', 0, 'b\n'],
    ['false; echo $?', 0, '1\n'],
    ['echo \'a  b\' "c $X"', 0, 'a  b c \n'],
    ['X=1; echo $X', 0, '1\n'],
    ['echo a; exit 3', 3, 'a\n'],
    ['curl web 2>/dev/null || echo no', 0, 'no\n'],
    ['wget -qO- web | grep -c title', 0, '1\n'],
    ['hostname', 0, 'box\n'],
    ['sleep 1', 0, ''],
    ['echo $(hostname) "$(echo a  b)"', 0, 'box a b\n'],
    ['for i in $(seq 2) x; do echo $i; done | wc -l', 0, '3\n'],
    ['for i in 1 2; do curl web; done 2>/dev/null; echo end', 0, 'end\n'],
    ['while true; do echo a; done', 2, ''],
    ['echo `date`', 2, ''],
    [
      'cat /etc/resolv.conf',
      0,
      'search default.svc.cluster.local svc.cluster.local cluster.local\nnameserver 10.96.0.10\noptions ndots:5\n',
    ],
  ])('%s', (line, exit, stdout) => {
    expect(run('box', line)).toMatchObject({ exit, stdout });
  });

  it('draws anew among the endpoints for every connection of a line', () => {
    const cluster = shellWorld();
    const listens = (text: string) => ['-listen=:80', `-text=${text}`];
    for (const [index, name] of ['a', 'b'].entries()) {
      addPod(cluster, name, `10.244.1.8${index}`, {
        image: 'hashicorp/http-echo',
        args: listens(name),
      });
    }
    addSlice(cluster, 'web', [{ port: 80 }], [{ ip: '10.244.1.80' }, { ip: '10.244.1.81' }]);
    const line = 'for i in $(seq 20); do curl -s web; done | sort | uniq';
    expect(run('client', line, cluster).stdout).toBe('a\nb\n');
  });

  it('sends away what a loop prints, and ends a line that never would', () => {
    expect(run('box', 'for i in 1 2; do curl web; done 2>/dev/null').stderr).toBe('');
    const nested = 'for i in $(seq 99); do for j in $(seq 99); do echo; done; done';
    expect(run('box', nested).stdout.length).toBeLessThan(1000);
  });

  it('is not in every image', () => {
    expect(run('bare', 'echo a')).toMatchObject({ exit: 127 });
    const place = { namespace: 'default', pod: 'bare' };
    expect(runInPod(shellWorld(), place, ['foo']).stderr).toContain('executable file not found');
  });

  it('keeps what was installed', () => {
    const cluster = shellWorld();
    expect(run('alpine', 'curl -s web', cluster).stderr).toBe('sh: curl: not found\n');
    expect(run('alpine', 'apk add --no-cache curl && curl -s web', cluster).stdout).toContain(
      title,
    );
    expect(run('alpine', 'curl -s web', cluster).stdout).toContain(title);
    expect(run('alpine', 'apk add nonsense', cluster).exit).toBe(1);
  });
});

describe('the environment', () => {
  it('names the Services that stood when the Pod started', () => {
    const cluster = shellWorld();
    addService(cluster, 'late-one', { clusterIP: '10.96.0.70', ports: [{ port: 80 }] });
    const text = run('box', 'env', cluster).stdout;
    expect(text).toContain('WEB_SERVICE_HOST=10.96.0.50\n');
    expect(text).toContain('WEB_PORT_80_TCP=tcp://10.96.0.50:80\n');
    expect(text).not.toContain('LATE_ONE');
    addPod(cluster, 'young', '10.244.1.70', { image: 'busybox' });
    expect(run('young', 'printenv LATE_ONE_SERVICE_PORT', cluster).stdout).toBe('80\n');
  });

  it('leaves them out without service links', () => {
    const cluster = shellWorld();
    addPod(cluster, 'quiet', '10.244.1.71', {
      spec: {
        enableServiceLinks: false,
        containers: [{ name: 'main', image: 'busybox', env: [{ name: 'A', value: 'b' }] }],
      },
    });
    const text = run('quiet', 'env', cluster).stdout;
    expect(text).not.toContain('WEB_SERVICE_HOST');
    expect(text).toContain('A=b\n');
  });
});

describe('any line', () => {
  it('has an answer, the same one twice', () => {
    const words = fc.array(
      fc.constantFrom(
        'curl',
        'wget',
        'nslookup',
        'dig',
        'nc',
        '-z',
        '-s',
        'web',
        '80',
        '-O',
        '"',
        '|',
        '&&',
        '$X',
        '>',
        'ping',
        '-c',
        'cat',
        'env',
        '__proto__',
      ),
    );
    const lines = fc.oneof(
      fc.string(),
      words.map((parts) => parts.join(' ')),
    );
    const cluster = shellWorld();
    fc.assert(
      fc.property(fc.constantFrom('box', 'shoot', 'client', 'bare'), lines, (pod, line) => {
        expect(run(pod, line, cluster)).toEqual(run(pod, line, cluster));
      }),
    );
  });
});

describe('what a container sees of its network', () => {
  it('interfaces and routes of busybox', () => {
    const address = run('box', 'ip addr');
    expect(address.exit).toBe(0);
    expect(address.stdout).toMatch(/inet 10\.244\.1\.60\/24 .* eth0\n/);
    expect(run('box', 'ip a show').stdout).toBe(address.stdout);
    expect(run('box', 'ip route').stdout).toMatch(/^default via 10\.244\.1\.1 dev eth0/);
    expect(run('box', 'ifconfig').stdout).toContain('inet addr:10.244.1.60');
    expect(run('box', 'ip link set eth0 down').exit).toBe(1);
  });

  it('listening sockets, with the tools that the image has', () => {
    const bare = 'Active Internet connections (only servers)\n';
    expect(run('box', 'netstat -tln').stdout.startsWith(bare)).toBe(true);
    expect(run('box', 'netstat -tln').stdout.split('\n')).toHaveLength(3);
    expect(run('box', 'ss -tln').exit).toBe(127);
    expect(run('shoot', 'ss -tln').stdout).toMatch(/^State +Recv-Q/);
    const cluster = shellWorld();
    addPod(cluster, 'page', '10.244.1.64', { image: 'nginx:1.27-alpine' });
    expect(run('page', 'netstat -tlnp', cluster).stdout).toMatch(
      /^tcp +0 +0 0\.0\.0\.0:80 .* LISTEN/m,
    );
    expect(run('page', 'netstat -uln', cluster).stdout).not.toContain(':80');
    expect(run('page', 'apk add iproute2 >/dev/null && ss -tln', cluster).stdout).toMatch(
      /^LISTEN .* 0\.0\.0\.0:80 /m,
    );
  });

  it.each([
    ['shoot', 'host web', 0, /^web\.default\.svc\.cluster\.local has address 10\./],
    ['shoot', 'host nosuch', 1, /^Host nosuch not found: 3\(NXDOMAIN\)$/m],
    ['box', 'host web', 127, /^$/],
    ['box', 'id', 0, /^uid=0\(root\)/],
    ['box', 'uname', 0, /^Linux$/m],
  ])('%s: %s', (pod, line, exit, printed) => {
    expect(run(pod, line)).toMatchObject({ exit, stdout: expect.stringMatching(printed) });
  });
});
