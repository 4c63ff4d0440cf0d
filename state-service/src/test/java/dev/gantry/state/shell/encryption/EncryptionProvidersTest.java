package dev.gantry.state.shell.encryption;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gantry.model.kind.Kinds;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.state.log.Samples;
import dev.gantry.state.secret.EncryptionConfiguration;
import dev.gantry.state.secret.EncryptionConfiguration.Provider;
import dev.gantry.state.secret.EncryptionRule;
import dev.gantry.state.secret.kms.KmsForm;
import dev.gantry.testkit.Patience;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(180)
class EncryptionProvidersTest {
    private static final ObjectKey KEY = Samples.key(Kinds.SECRET, "default", "token");
    private static final byte[] OPEN = {1, 2, 3};

    @TempDir Path folder;
    private long nanos = 7;

    @Test
    void anotherKeyOpensNothingAndAnotherNameNeither() {
        Encryption encryption = byFile("a.key");
        byte[] sealed = encryption.seal(KEY, OPEN);

        assertThat(encryption.open(KEY, sealed)).isEqualTo(OPEN);
        assertThatThrownBy(() -> byFile("b.key").open(KEY, sealed))
                .hasMessageContaining("neither in the data key file nor configured");
        assertThatThrownBy(() -> encryption.open(Samples.configMap("token"), sealed))
                .hasMessageContaining("cannot encrypt or decrypt");
    }

    @Test
    void theFirstOfSeveralSealsAndAllOpen() {
        byte[] byFile = byFile("a.key").seal(KEY, OPEN);
        Provider key = new Provider.AesGcm(List.of(new byte[16]));
        Encryption keyFirst = encryption(key, new Provider.Identity());
        byte[] byKey = keyFirst.seal(KEY, OPEN);

        assertThat(keyFirst.open(KEY, byFile)).isEqualTo(OPEN);
        assertThat(encryption(new Provider.Identity(), key).open(KEY, byKey)).isEqualTo(OPEN);
        assertThat(
                        byFile("a.key")
                                .open(
                                        KEY,
                                        encryption(new Provider.Identity(), key).seal(KEY, OPEN)))
                .isEqualTo(OPEN);
        assertThatThrownBy(() -> byFile("a.key").open(KEY, byKey)).hasMessageContaining("key");
    }

    @Test
    void aPluginWrapsTheSeedAndIsAskedForItOnce() throws Exception {
        try (StandInPlugin plugin = new StandInPlugin(socket())) {
            byte[] first;
            byte[] second;
            try (Encryption before = byPlugin()) {
                first = before.seal(KEY, OPEN);
                second = before.seal(KEY, OPEN);
                assertThat(before.open(KEY, first)).isEqualTo(OPEN);
                assertThat(before.isWell()).isTrue();
            }
            assertThat(plugin.unwrapped).hasValue(0);
            assertThat(first).isNotEqualTo(second);
            try (Encryption after = byPlugin()) {
                assertThat(after.open(KEY, first)).isEqualTo(OPEN);
                assertThat(after.open(KEY, second)).isEqualTo(OPEN);
                assertThat(KmsForm.of(after.seal(KEY, OPEN)).seed().ciphertext())
                        .isNotEqualTo(KmsForm.of(first).seed().ciphertext());
                assertThatThrownBy(() -> after.open(Samples.configMap("token"), first))
                        .hasMessageContaining("cannot encrypt or decrypt");
            }
            assertThat(plugin.unwrapped).hasValue(1);
        }
    }

    @Test
    void whileAPluginIsAwayWhatIsKnownIsOpenedAndTheRestNamesIt() throws Exception {
        try (StandInPlugin plugin = new StandInPlugin(socket())) {
            byte[] old;
            try (Encryption before = byPlugin()) {
                old = before.seal(KEY, OPEN);
            }
            try (Encryption after = encryption(vault(Duration.ofSeconds(2)))) {
                after.start();
                Patience.await().until(() -> after.objection(KEY.resource()).isEmpty());
                byte[] known = after.seal(KEY, OPEN);
                plugin.goAway();
                assertThat(after.open(KEY, known)).isEqualTo(OPEN);
                assertThatThrownBy(() -> after.open(KEY, old))
                        .hasMessageContaining("KMS provider \"vault\"")
                        .hasMessageContaining(socket().toString());
                plugin.comeBack();
                Patience.await()
                        .ignoreExceptions()
                        .untilAsserted(() -> assertThat(after.open(KEY, old)).isEqualTo(OPEN));
            }
        }
    }

    @Test
    void aNewKeyOfThePluginMakesANewSeed() throws Exception {
        try (StandInPlugin plugin = new StandInPlugin(socket());
                KmsSealing sealing = new KmsSealing(vault(), () -> nanos)) {
            sealing.check();
            byte[] old = sealing.seal(KEY, OPEN).orElseThrow();
            sealing.check();
            assertThat(keyIdOf(sealing.seal(KEY, OPEN).orElseThrow())).isEqualTo("key-1");
            plugin.keyId = "key-2";
            sealing.check();

            assertThat(keyIdOf(sealing.seal(KEY, OPEN).orElseThrow())).isEqualTo("key-2");
            assertThat(sealing.open(KEY, KmsForm.of(old))).isEqualTo(OPEN);
        }
    }

    @Test
    void refusesOnceThePluginWasUnwellForThreeMinutes() throws Exception {
        try (StandInPlugin plugin = new StandInPlugin(socket());
                KmsSealing sealing = new KmsSealing(vault(), () -> nanos)) {
            assertThat(sealing.objection()).isPresent();
            sealing.check();
            assertThat(sealing.objection()).isEmpty();

            plugin.healthz = "sealed";
            nanos += Duration.ofMinutes(2).toNanos();
            sealing.check();
            assertThat(sealing.isWell()).isFalse();
            assertThat(sealing.objection()).isEmpty();
            nanos += Duration.ofMinutes(2).toNanos();
            assertThat(sealing.objection())
                    .hasValueSatisfying(
                            why -> assertThat(why).contains("vault", "healthz status: sealed"));

            plugin.healthz = "ok";
            sealing.check();
            assertThat(sealing.objection()).isEmpty();
            assertThat(sealing.isWell()).isTrue();
        }
    }

    private static String keyIdOf(byte[] sealed) throws Exception {
        return KmsForm.of(sealed).seed().keyId();
    }

    private Path socket() {
        return folder.resolve("kms.sock");
    }

    private Provider.Kms vault() {
        return vault(Patience.LIMIT);
    }

    private Provider.Kms vault(Duration timeout) {
        return new Provider.Kms("vault", socket().toString(), timeout);
    }

    private Encryption byPlugin() {
        Encryption encryption = encryption(vault(), new Provider.Identity());
        encryption.start();
        return encryption;
    }

    private Encryption byFile(String file) {
        return new Encryption(folder.resolve(file), EncryptionConfiguration.NONE);
    }

    private Encryption encryption(Provider... providers) {
        return new Encryption(
                folder.resolve("a.key"),
                new EncryptionConfiguration(
                        List.of(new EncryptionRule(List.of(KEY.resource()), List.of(providers)))));
    }
}
