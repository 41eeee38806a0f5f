package com.convmerge.sandbox;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/**
 * Keeps in a file what a sandbox has accepted, so that the next start of the program has the same conversations: the first line says when
 * the workspace was filled, and each further one is a call that has changed it. They are made again in their order and at their times, so
 * that ids, states, authors and times come out the same. A line is handed to the operating system before its call is answered: a kill of
 * the program loses nothing that was answered, and leaves at most one half line at the end, which counts as never accepted.
 */
final class SandboxJournal implements AutoCloseable {
    private static final int FORMAT = 1;

    /** The first line. */
    private record Beginning(int format, Instant begun) {
        Beginning {
            Objects.requireNonNull(begun, "begun");
        }
    }

    private final OutputStream out;
    private @Nullable IOException failure;

    SandboxJournal(OutputStream out) {
        this.out = out;
    }

    /**
     * Fills an empty workspace and brings back what the file holds.
     *
     * @throws UnreadableJournal if the file holds something else; it is left as it is
     */
    static SandboxJournal open(
            Path file, SandboxWorkspace workspace, Endpoints endpoints, Consumer<SandboxWorkspace> fill)
            throws IOException {
        byte[] bytes = Files.exists(file) ? Files.readAllBytes(file) : new byte[0];
        int whole = bytes.length;
        while (whole > 0 && bytes[whole - 1] != '\n') {
            whole--;
        }
        List<String> lines = StandardCharsets.UTF_8
                .newDecoder()
                .decode(ByteBuffer.wrap(bytes, 0, whole))
                .toString()
                .lines()
                .toList();
        Beginning beginning =
                lines.isEmpty() ? new Beginning(FORMAT, workspace.locked(workspace::now)) : beginning(lines.get(0));
        bringBack(beginning, lines, workspace, endpoints, fill);
        try (FileChannel tail = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            tail.truncate(whole);
        }
        SandboxJournal journal = new SandboxJournal(Files.newOutputStream(file, StandardOpenOption.APPEND));
        if (lines.isEmpty()) {
            journal.append(beginning);
        }
        return journal;
    }

    private static Beginning beginning(String line) throws UnreadableJournal {
        Beginning beginning = parsed(1, line, Beginning.class);
        if (beginning.format() != FORMAT) {
            throw new UnreadableJournal(1, "says format " + beginning.format() + "; expected " + FORMAT);
        }
        return beginning;
    }

    private static void bringBack(
            Beginning beginning,
            List<String> lines,
            SandboxWorkspace workspace,
            Endpoints endpoints,
            Consumer<SandboxWorkspace> fill)
            throws UnreadableJournal {
        UnreadableJournal trouble = workspace.locked(() -> {
            workspace.effects.begin(beginning.begun());
            fill.accept(workspace);
            try {
                for (int i = 1; i < lines.size(); i++) {
                    makeAgain(i + 1, parsed(i + 1, lines.get(i), AcceptedChange.class), workspace, endpoints);
                }
                return null;
            } catch (UnreadableJournal e) {
                return e;
            }
        });
        if (trouble != null) {
            throw trouble;
        }
    }

    private static void makeAgain(int line, AcceptedChange change, SandboxWorkspace workspace, Endpoints endpoints)
            throws UnreadableJournal {
        workspace.effects.begin(change.at());
        try {
            // The calls of this start are numbered from 1, so these are numbered below.
            if (!endpoints
                    .answer(change.again(line - Integer.MAX_VALUE), change.delay(), Duration.ZERO)
                    .effect()) {
                throw new UnreadableJournal(line, "was accepted once and changes nothing now");
            }
        } catch (Refused e) {
            throw new UnreadableJournal(line, "was accepted once and is refused now: " + e.status + " " + e.code);
        } catch (IllegalArgumentException e) {
            throw new UnreadableJournal(line, "is no call to the sandbox");
        }
    }

    private static <T> T parsed(int line, String json, Class<T> type) throws UnreadableJournal {
        try {
            T value = ConversationJson.JSON.readValue(json, type);
            if (value != null) {
                return value;
            }
        } catch (JacksonException | DateTimeException e) {
            // Said below: the parser's own words would name classes.
        }
        throw new UnreadableJournal(line, "is not what the sandbox writes there");
    }

    /** Throws if the last change could not be written: a later one would not fit to what the file holds. */
    void checkUsable() {
        if (failure != null) {
            throw new UncheckedIOException(
                    "what was done to the sandbox cannot be kept: " + failure.getMessage(), failure);
        }
    }

    /** Writes a change that was just accepted; to be called before anybody can see it. */
    void write(AcceptedChange change) {
        try {
            append(change);
        } catch (IOException e) {
            failure = e;
        }
        checkUsable();
    }

    private void append(Object line) throws IOException {
        out.write((ConversationJson.JSON.writeValueAsString(line) + "\n").getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
