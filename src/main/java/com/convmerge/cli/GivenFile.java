package com.convmerge.cli;

import com.convmerge.merge.ConfigurationProblem;
import com.convmerge.merge.PossibleSecrets;
import com.convmerge.report.FileTrouble;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.function.Function;

/** A file that an operator names in the arguments: on the disk, standard input, or what another program writes into a pipe. */
final class GivenFile {
    private static final String STANDARD_INPUT = "-";

    private GivenFile() {}

    /** How the file called {@code given} is named in messages. */
    static String name(String given) {
        return given.equals(STANDARD_INPUT) ? "standard input" : given;
    }

    /** Opens the file for {@code use}. Throws {@link ConfigurationProblem} if it cannot be read. */
    static <T> T read(String given, Function<InputStream, T> use) {
        if (given.equals(STANDARD_INPUT)) {
            return use.apply(System.in);
        }
        Path path = path(given);
        if (Files.isDirectory(path)) {
            throw new ConfigurationProblem(shown(given) + " is a directory; expected a file");
        }
        try (InputStream in = new ForwardOnly(Files.newInputStream(path))) {
            return use.apply(in);
        } catch (NoSuchFileException e) {
            throw new ConfigurationProblem("there is no file " + shown(given));
        } catch (AccessDeniedException e) {
            throw new ConfigurationProblem(shown(given) + " cannot be read: access denied");
        } catch (IOException e) {
            throw new ConfigurationProblem(
                    shown(given) + " cannot be read: " + PossibleSecrets.hideIn(FileTrouble.reason(e)));
        }
    }

    private static Path path(String given) {
        try {
            return Path.of(given);
        } catch (InvalidPathException e) {
            throw new ConfigurationProblem(shown(given) + " is no name of a file: " + e.getReason());
        }
    }

    private static String shown(String given) {
        return PossibleSecrets.hideIn(given);
    }

    /** Asks a file only for its next bytes. A pipe has no position and no length, and fails if it is asked for them. */
    private static final class ForwardOnly extends InputStream {
        private final InputStream in;

        ForwardOnly(InputStream in) {
            this.in = in;
        }

        @Override
        public int read() throws IOException {
            return in.read();
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            return in.read(buffer, offset, length);
        }

        @Override
        public void close() throws IOException {
            in.close();
        }
    }
}
