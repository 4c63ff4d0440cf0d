package dev.gantry.local.pki;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SecretFileTest {
    @TempDir Path folder;

    @Test
    void aSecretIsMadeOnce() throws IOException {
        Path file = folder.resolve("secrets/one");
        assertThat(SecretFile.readOrMake(file)).hasSize(44).isEqualTo(SecretFile.readOrMake(file));
    }

    /** As after a loss of power: nobody may go on with a secret that anybody knows. */
    @Test
    void anEmptyFileIsNoSecret() throws IOException {
        Path file = Files.createFile(folder.resolve("one"));
        assertThatThrownBy(() -> SecretFile.readOrMake(file))
                .hasMessage(file + " is empty: put back what it was");
    }
}
