export interface NginxSettings {
  readonly folder: string;
  readonly port: number;
  /** `host:port` of the server behind. */
  readonly upstream: string;
  readonly certPath: string;
  readonly keyPath: string;
  /** Workers of a master that is root become somebody else, who cannot read the folder. */
  readonly isRoot: boolean;
}

/** TLS and HTTP/2 in front, HTTP/1.1 with kept-alive connections behind, and no repetition by nginx itself: that is the client's affair. */
export function nginxConfig({ folder, port, upstream, certPath, keyPath, isRoot }: NginxSettings): string {
  return `${isRoot ? 'user root;\n' : ''}daemon off;
pid ${folder}/nginx.pid;
error_log ${folder}/error.log warn;
worker_processes 2;
events { worker_connections 1024; }
http {
  access_log off;
  client_body_temp_path ${folder}/body;
  proxy_temp_path ${folder}/proxy;
  fastcgi_temp_path ${folder}/fastcgi;
  uwsgi_temp_path ${folder}/uwsgi;
  scgi_temp_path ${folder}/scgi;
  client_max_body_size 20m;
  upstream conductor {
    server ${upstream};
    keepalive 64;
  }
  server {
    listen 127.0.0.1:${port} ssl http2;
    ssl_certificate ${certPath};
    ssl_certificate_key ${keyPath};
    location / {
      proxy_pass http://conductor;
      proxy_http_version 1.1;
      proxy_set_header Connection "";
      proxy_next_upstream off;
      proxy_read_timeout 75s;
    }
  }
}
`;
}
