package com.convmerge.importing;

import com.convmerge.merge.ConfigurationProblem;
import com.convmerge.merge.PossibleSecrets;
import java.nio.charset.Charset;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an operator says about a file.
 *
 * @param encoding of its text; null if it is to be found out
 */
public record ImportOptions(ColumnChoices columns, @Nullable Charset encoding) {
    /** Everything is found out. */
    public static final ImportOptions NONE = new ImportOptions(ColumnChoices.NONE, null);

    /** Reads the options; throws {@link ConfigurationProblem} for one that cannot be understood. */
    public static ImportOptions of(List<String> columns, @Nullable String encoding) {
        return new ImportOptions(ColumnChoices.of(columns), encoding == null ? null : charset(encoding));
    }

    private static Charset charset(String name) {
        try {
            return Charset.forName(name.strip());
        } catch (IllegalArgumentException e) {
            throw new ConfigurationProblem("--encoding is \"" + PossibleSecrets.hideIn(name)
                    + "\"; expected the name of an encoding, such as UTF-8, windows-1252 or UTF-16LE");
        }
    }
}
