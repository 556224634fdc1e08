package dev.versicle.egress;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/**
 * A connection that is cut when its time is over, whatever it does at that moment. A time limit on each read would not
 * do: a server that sends a byte now and then never reaches it.
 */
final class Line implements AutoCloseable {
    /** Of a name's addresses, so many are tried. */
    static final int ADDRESSES_MAX = 4;

    private static final String[] PROTOCOLS = {"TLSv1.3", "TLSv1.2"};

    private final Thread watch;
    private Optional<Socket> plain = Optional.empty();
    private Optional<SSLSocket> tls = Optional.empty();
    private boolean closed;
    private boolean late;

    Line(Duration timeMax) {
        this.watch = Thread.ofVirtual().name("egress").start(() -> {
            if (slept(timeMax)) {
                cut();
            }
        });
    }

    private static boolean slept(Duration time) {
        try {
            Thread.sleep(time);
            return true;
        } catch (InterruptedException e) {
            return false;
        }
    }

    private synchronized void cut() {
        late = true;
        close();
    }

    /** Connects to the first of these that takes the connection: to the addresses, not to the name. */
    void dial(List<InetAddress> addresses, Destination to) throws IOException {
        Socket socket = connected(addresses, to.port());
        if (to.secure()) {
            tls = Optional.of(secured(socket, to));
        }
    }

    private Socket connected(List<InetAddress> addresses, int port) throws IOException {
        IOException last = new Unreachable("could not be reached");
        for (InetAddress address : addresses.stream().limit(ADDRESSES_MAX).toList()) {
            // Without a proxy, whatever the JVM was told.
            Socket socket = new Socket(Proxy.NO_PROXY);
            use(socket);
            try {
                socket.connect(
                        new InetSocketAddress(address, port), Math.toIntExact(Egress.CONNECT_TIME_MAX.toMillis()));
                socket.setTcpNoDelay(true);
                return socket;
            } catch (IOException e) {
                socket.close();
                last = isLate() ? e : new Unreachable("could not be reached");
            }
        }
        throw last;
    }

    private synchronized void use(Socket socket) throws IOException {
        plain = Optional.of(socket);
        if (closed) {
            socket.close();
        }
    }

    /** The certificate must be one that Java trusts, for the host's name. */
    private static SSLSocket secured(Socket socket, Destination to) throws IOException {
        SSLSocket secured;
        try {
            secured = (SSLSocket)
                    SSLContext.getDefault().getSocketFactory().createSocket(socket, to.host(), to.port(), true);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has TLS", e);
        }
        SSLParameters parameters = secured.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        parameters.setProtocols(PROTOCOLS);
        secured.setSSLParameters(parameters);
        secured.startHandshake();
        return secured;
    }

    Socket plain() {
        return plain.orElseThrow();
    }

    Optional<SSLSocket> tls() {
        return tls;
    }

    private synchronized boolean isLate() {
        return late;
    }

    /** What a failure on this line says of the other side; never in its words, and never in those of a library. */
    Unreachable unreachable(IOException failure) {
        if (failure instanceof Unreachable known) {
            return known;
        }
        if (isLate() || failure instanceof SocketTimeoutException) {
            return new Unreachable("did not answer in time");
        }
        return new Unreachable(
                switch (failure) {
                    case SSLHandshakeException ignored ->
                        "shows no certificate that is trusted here and made out to its name";
                    case SSLException ignored -> "does not speak TLS as it should";
                    default -> "broke the connection off";
                });
    }

    @Override
    public synchronized void close() {
        closed = true;
        watch.interrupt();
        plain.ifPresent(Line::quietly);
    }

    /** Not over TLS: that might wait for the other side. */
    private static void quietly(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // There is nothing more to be said on it.
        }
    }
}
