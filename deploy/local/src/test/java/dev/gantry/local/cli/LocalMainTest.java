package dev.gantry.local.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.NoSuchFileException;
import org.junit.jupiter.api.Test;

final class LocalMainTest {
    @Test
    void saysOfAFileWhatIsWrongWithIt() {
        assertThat(LocalMain.message(new NoSuchFileException("/a"))).isEqualTo("/a is not there");
        assertThat(LocalMain.message(new AccessDeniedException("/a")))
                .isEqualTo("/a is not accessible to this user");
        assertThat(LocalMain.message(new DirectoryNotEmptyException("/a")))
                .contains("DirectoryNotEmpty", "/a");
        assertThat(LocalMain.message(new NoSuchFileException("/a", null, "no longer")))
                .contains("/a", "no longer");
    }

    @Test
    void saysOtherThingsInTheirOwnWords() {
        assertThat(LocalMain.message(new IOException("the disk is full")))
                .isEqualTo("the disk is full");
        assertThat(LocalMain.message(new IllegalStateException()))
                .isEqualTo("java.lang.IllegalStateException");
    }
}
