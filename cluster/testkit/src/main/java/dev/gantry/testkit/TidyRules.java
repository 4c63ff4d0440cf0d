package dev.gantry.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.testkit.tidy.FileRules;
import dev.gantry.testkit.tidy.NameRules;
import dev.gantry.testkit.tidy.ShapeRules;
import dev.gantry.testkit.tidy.SourceFolder;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/**
 * How source files look. A module's test class implements this and adds nothing; the limits are the
 * same for all and are never raised to fit code.
 */
public interface TidyRules {
    /** The folder of the module, not to be overridden but to judge a neighbour. */
    default Path module() {
        return SourceFolder.currentModule();
    }

    @Test
    default void functionsAndFilesAreShort() {
        assertThat(SourceFolder.of(module()).judge(ShapeRules::untidy)).isEmpty();
    }

    @Test
    default void namesSayWhatThingsAre() {
        assertThat(SourceFolder.of(module()).judge(NameRules::untidy)).isEmpty();
    }

    @Test
    default void filesHoldNothingUnfinishedOrBanned() {
        assertThat(SourceFolder.of(module()).judge(FileRules::untidy)).isEmpty();
    }

    @Test
    default void packagesSayWhatTheyDecide() {
        assertThat(SourceFolder.of(module()).packagesWithoutDescription()).isEmpty();
    }
}
