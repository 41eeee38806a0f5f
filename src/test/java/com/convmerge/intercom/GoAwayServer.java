package com.convmerge.intercom;

import java.io.Closeable;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.concurrent.atomic.AtomicInteger;

/** An HTTP/2 server that goes away when a request arrives, and says that it has processed none (RFC 9113, 6.8). */
final class GoAwayServer implements Closeable {
    private static final int PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".length();
    private static final int HEADERS = 1;
    private static final int SETTINGS = 4;
    private static final int GOAWAY = 7;

    private final ServerSocket socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final AtomicInteger requests = new AtomicInteger();

    GoAwayServer() throws IOException {
        Thread thread = new Thread(this::serve, "goaway-server");
        thread.setDaemon(true);
        thread.start();
    }

    URI url() {
        return URI.create("http://" + socket.getInetAddress().getHostAddress() + ":" + socket.getLocalPort());
    }

    /** How many requests have arrived. */
    int requests() {
        return requests.get();
    }

    private void serve() {
        while (!socket.isClosed()) {
            try (Socket connection = socket.accept()) {
                goAway(
                        new DataInputStream(connection.getInputStream()),
                        new DataOutputStream(connection.getOutputStream()));
            } catch (IOException e) {
                // The client, or the test, has ended.
            }
        }
    }

    private void goAway(DataInputStream in, DataOutputStream out) throws IOException {
        in.readNBytes(PREFACE);
        frame(out, SETTINGS, new byte[0]);
        while (true) {
            int length = in.readUnsignedByte() << 16 | in.readUnsignedShort();
            int type = in.readUnsignedByte();
            in.readNBytes(5 + length);
            if (type == HEADERS) {
                requests.incrementAndGet();
                // The last stream that was processed is number 0, and there is no error.
                frame(out, GOAWAY, new byte[8]);
            }
        }
    }

    private static void frame(DataOutputStream out, int type, byte[] payload) throws IOException {
        out.writeByte(0);
        out.writeShort(payload.length);
        out.writeByte(type);
        out.writeByte(0);
        out.writeInt(0);
        out.write(payload);
        out.flush();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
