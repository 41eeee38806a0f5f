package com.convmerge.testing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A proxy for a server on this machine. It can be cut, so that connections are refused, or fall silent, so that connections stay
 * open and nothing comes through; and it can be mended again. It remembers what clients have sent.
 */
public final class TcpProxy implements AutoCloseable {
    private static final int BACKLOG = 50;

    private final int port;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private volatile int target;
    private volatile ServerSocket server;
    private final ByteArrayOutputStream sent = new ByteArrayOutputStream();
    private final Object wire = new Object();
    private boolean silent;

    public TcpProxy() {
        server = listen(0);
        port = server.getLocalPort();
        accept(server);
    }

    /** Sets the server to which new connections are forwarded. */
    public void leadTo(URI url) {
        target = url.getPort();
    }

    public URI url() {
        return URI.create("http://127.0.0.1:" + port);
    }

    /** Refuses new connections from now on and closes the existing ones. */
    public void cut() {
        close(server);
        open.forEach(TcpProxy::close);
    }

    /** From now on lets nothing through, in either direction. Connections stay open, and new ones are accepted. */
    public void fallSilent() {
        synchronized (wire) {
            silent = true;
        }
    }

    /** Lets everything through again, first of all what was held back. */
    public void speak() {
        synchronized (wire) {
            silent = false;
            wire.notifyAll();
        }
    }

    /** Accepts connections again. */
    public void mend() {
        server = listen(port);
        accept(server);
    }

    /** What clients have sent so far, as far as it is text; other bytes are any characters. */
    public String sent() {
        synchronized (sent) {
            return sent.toString(StandardCharsets.ISO_8859_1);
        }
    }

    @Override
    public void close() {
        speak();
        cut();
    }

    private static ServerSocket listen(int port) {
        try {
            return new ServerSocket(port, BACKLOG, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void accept(ServerSocket listening) {
        inBackground(() -> {
            while (true) {
                Socket client = listening.accept();
                Socket upstream = new Socket(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), target);
                open.add(client);
                open.add(upstream);
                if (listening.isClosed()) {
                    // The proxy was cut after it accepted this connection.
                    close(client);
                    close(upstream);
                }
                inBackground(() -> pump(client, upstream, true));
                inBackground(() -> pump(upstream, client, false));
            }
        });
    }

    private void pump(Socket from, Socket to, boolean isClient) throws IOException {
        try (from;
                to;
                InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream()) {
            byte[] buffer = new byte[16_384];
            for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
                awaitSpeech();
                if (isClient) {
                    synchronized (sent) {
                        sent.write(buffer, 0, length);
                    }
                }
                out.write(buffer, 0, length);
            }
        } finally {
            open.remove(from);
            open.remove(to);
        }
    }

    private void awaitSpeech() throws InterruptedIOException {
        synchronized (wire) {
            while (silent) {
                try {
                    wire.wait();
                } catch (InterruptedException e) {
                    throw new InterruptedIOException(e.getMessage());
                }
            }
        }
    }

    private static void close(AutoCloseable socket) {
        try {
            socket.close();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private interface Work {
        void run() throws IOException;
    }

    private static void inBackground(Work work) {
        Thread thread = new Thread(
                () -> {
                    try {
                        work.run();
                    } catch (IOException e) {
                        // A connection ends in this way when the proxy is cut or one side closes it.
                    }
                },
                "wire");
        thread.setDaemon(true);
        thread.start();
    }
}
