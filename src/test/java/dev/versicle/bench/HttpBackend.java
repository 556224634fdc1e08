package dev.versicle.bench;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Git's own server for HTTP, {@code git http-backend}, behind nginx and fcgiwrap, as Debian has them. */
final class HttpBackend implements AutoCloseable {
    private static final String NGINX = "/usr/sbin/nginx";
    private static final String FCGIWRAP = "/usr/sbin/fcgiwrap";

    /** Relative to where both run: the path of a socket may not be long. */
    private static final String SOCKET = "fcgiwrap.socket";

    /** As many as Debian starts for it on a machine of two cores. */
    private static final int CHILDREN = 2;

    private static final long START_MILLIS_MAX = 10_000;
    private static final long STOP_SECONDS_MAX = 20;
    private static final int PAUSE_MILLIS = 20;

    private final List<Process> processes;
    private final int port;

    private HttpBackend(List<Process> processes, int port) {
        this.processes = processes;
        this.port = port;
    }

    /** Serves the repositories in {@code root}, with its own files in {@code home}; it answers when this returns. */
    static HttpBackend start(Path home, Path root) throws IOException, InterruptedException {
        Files.createDirectories(home);
        int port = freePort();
        String programs = Command.output(home, "", "git", "--exec-path");
        Files.writeString(home.resolve("nginx.conf"), configuration(port, programs, root));
        Process wrap = run(home, FCGIWRAP, "-c", Integer.toString(CHILDREN), "-s", "unix:" + SOCKET);
        Process nginx = run(home, NGINX, "-p", home + "/", "-c", "nginx.conf", "-e", "error.log");
        HttpBackend started = new HttpBackend(List.of(nginx, wrap), port);
        started.await(home.resolve(SOCKET));
        return started;
    }

    private static String configuration(int port, String programs, Path root) {
        return """
            daemon off;
            user %s;
            worker_processes auto;
            pid nginx.pid;
            error_log error.log;
            events { worker_connections 256; }
            http {
              access_log off;
              client_body_temp_path body;
              fastcgi_temp_path fastcgi;
              proxy_temp_path proxy;
              scgi_temp_path scgi;
              uwsgi_temp_path uwsgi;
              server {
                listen 127.0.0.1:%d;
                location / {
                  fastcgi_pass unix:%s;
                  fastcgi_param SCRIPT_FILENAME %s/git-http-backend;
                  fastcgi_param GIT_PROJECT_ROOT %s;
                  fastcgi_param GIT_HTTP_EXPORT_ALL 1;
                  fastcgi_param GIT_PROTOCOL $http_git_protocol;
                  fastcgi_param PATH_INFO $uri;
                  fastcgi_param QUERY_STRING $query_string;
                  fastcgi_param REQUEST_METHOD $request_method;
                  fastcgi_param CONTENT_TYPE $content_type;
                  fastcgi_param CONTENT_LENGTH $content_length;
                }
              }
            }
            """.formatted(System.getProperty("user.name"), port, SOCKET, programs, root);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static Process run(Path home, String... command) throws IOException {
        return new ProcessBuilder(command)
                .directory(home.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        home.resolve("output.log").toFile()))
                .start();
    }

    private void await(Path socket) throws IOException, InterruptedException {
        long end = System.currentTimeMillis() + START_MILLIS_MAX;
        while (!Files.exists(socket) || !answers()) {
            if (System.currentTimeMillis() > end) {
                close();
                throw new IllegalStateException("nginx or fcgiwrap did not start; see " + socket.getParent());
            }
            Thread.sleep(PAUSE_MILLIS);
        }
    }

    private boolean answers() throws IOException {
        try (Socket probe = new Socket()) {
            probe.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return true;
        } catch (ConnectException e) {
            return false;
        }
    }

    /** Where a repository of that directory's name is. */
    URI address(String name) {
        return URI.create("http://127.0.0.1:" + port + "/" + name);
    }

    @Override
    public void close() {
        for (Process process : processes) {
            // fcgiwrap's children outlive it
            List<ProcessHandle> children = process.descendants().toList();
            process.destroy();
            children.forEach(ProcessHandle::destroy);
            process.onExit().orTimeout(STOP_SECONDS_MAX, TimeUnit.SECONDS).join();
        }
    }
}
