package dev.gantry.client.shell.start;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;

final class SettingSourceTest {
    private final Map<String, Object> given = new TreeMap<>();
    private final SettingSource settings = source(given);

    @TempDir private Path folder;

    @Test
    void anEmptySettingCountsAsNone() {
        given.put("gantry.a", " ");

        assertThat(settings.find("gantry.a")).isEmpty();
        assertThat(settings.text("gantry.a", "b")).isEqualTo("b");
    }

    @Test
    void tellsWhatIsInForceButNoSecret() {
        given.put("gantry.port", "70");
        given.put("gantry.shape.a.b", "0=0");
        given.put("gantry.kafka.properties[bootstrap.servers]", "kafka:9092");
        given.put("gantry.kafka.properties[sasl.jaas.config]", "a password");
        given.put("gantry.kafka.properties[ssl.key.password]", "changeit");
        given.put("gantry.kafka.properties[of.a.plugin]", "anything");
        given.put("spring.datasource.url", "jdbc:postgresql://db/gantry?password=x");
        given.put("spring.datasource.username", "gantry");
        given.put("spring.datasource.password", "x");

        settings.number("gantry.port", 1, 0, 99);
        settings.isOn("gantry.on", true);
        settings.list("gantry.list", "a, b");
        settings.find("gantry.absent");
        settings.group("gantry.shape");
        settings.kafka();
        settings.database();

        assertThat(settings.inForce())
                .containsEntry("gantry.port", "70")
                .containsEntry("gantry.on", "true")
                .containsEntry("gantry.list", "a,b")
                .containsEntry("gantry.absent", "")
                .containsEntry("gantry.shape.a.b", "0=0")
                .containsEntry("gantry.kafka.properties[bootstrap.servers]", "kafka:9092")
                .containsEntry("gantry.kafka.properties[sasl.jaas.config]", "CLASSIFIED")
                .containsEntry("gantry.kafka.properties[ssl.key.password]", "CLASSIFIED")
                .containsEntry("gantry.kafka.properties[of.a.plugin]", "CLASSIFIED")
                .containsEntry("spring.datasource.url", "CLASSIFIED")
                .containsEntry("spring.datasource.username", "gantry")
                .containsEntry("spring.datasource.password", "CLASSIFIED");
    }

    @Test
    void whatIsMissingIsNamedWithItsMeaning() {
        assertThatThrownBy(() -> settings.need("gantry.pki.dir", "a folder"))
                .isInstanceOf(BadSetting.class)
                .hasMessage("gantry.pki.dir is not set, expected a folder");
    }

    @Test
    void aNumberOutsideItsRangeIsRefusedLikeAWord() {
        given.put("gantry.port", "65536");
        given.put("gantry.seconds", "ten");

        assertThatThrownBy(() -> settings.number("gantry.port", 1, 0, 65_535))
                .hasMessageStartingWith(
                        "gantry.port is '65536', expected a whole number from 0 to 65535");
        assertThatThrownBy(() -> settings.number("gantry.seconds", 1, 1, 9))
                .hasMessageStartingWith(
                        "gantry.seconds is 'ten', expected a whole number from 1 to 9");
        assertThat(settings.number("gantry.other", 7, 1, 9)).isEqualTo(7);
    }

    @Test
    void listsAreSeparatedByCommasOrNumbered() {
        given.put("gantry.list", "a, b,");
        given.put("gantry.numbered[0]", "c");

        assertThat(settings.list("gantry.list", "")).containsExactly("a", "b");
        assertThat(settings.list("gantry.numbered", "")).containsExactly("c");
        assertThat(settings.list("gantry.absent", "d,e")).containsExactly("d", "e");
    }

    @Test
    void onlyTrueAndFalseAreSwitches() {
        given.put("gantry.on", "yes");

        assertThatThrownBy(() -> settings.isOn("gantry.on", true))
                .hasMessageStartingWith("gantry.on is 'yes', expected true or false");
    }

    @Test
    void aFileThatIsNotThereIsNamed() throws IOException {
        Path there = Files.createFile(folder.resolve("there"));
        given.put("gantry.there", there.toString());
        given.put("gantry.gone", folder.resolve("gone").toString());

        assertThat(settings.readableFile("gantry.there", "keys")).isEqualTo(there);
        assertThatThrownBy(() -> settings.readableFile("gantry.gone", "keys"))
                .hasMessageStartingWith(
                        "gantry.gone is '%s', expected a file that is there and may be read: keys"
                                .formatted(folder.resolve("gone")));
        assertThatThrownBy(() -> settings.readableFolder("gantry.there", "keys"))
                .hasMessageContaining("expected a folder");
    }

    @Test
    void kafkaNeedsItsAddress() {
        assertThatThrownBy(settings::kafka).hasMessageContaining("[bootstrap.servers] is not set");

        given.put("gantry.kafka.properties[bootstrap.servers]", "here:9092");
        given.put("gantry.kafka.topic-prefix", "own.");
        assertThat(settings.kafka().connection()).containsEntry("bootstrap.servers", "here:9092");
        assertThat(settings.kafka().topics().bindings()).startsWith("own.");
    }

    @Test
    void aSettingThatNobodyAskedForIsRefused() {
        given.put("gantry.kitchen.heat", "5");
        given.put("gantry.kitchen.tools.knife", "sharp");
        given.put("gantry.garden.het", "5");
        assertThat(settings.number("gantry.kitchen.heat", 0, 0, 9)).isEqualTo(5);
        assertThat(settings.group("gantry.kitchen.tools")).containsEntry("knife", "sharp");
        settings.refuseUnknown("gantry.kitchen");

        given.put("gantry.kitchen.het", "6");
        assertThatThrownBy(() -> settings.refuseUnknown("gantry.kitchen"))
                .hasMessageStartingWith("there is no setting gantry.kitchen.het")
                .hasMessageContaining("gantry.kitchen.heat, gantry.kitchen.tools");
    }

    @Test
    void whatAReadingRefusesIsToldByTheSettingsName() {
        given.put("gantry.a", "x");

        assertThatThrownBy(
                        () -> settings.parsed("gantry.a", "a number", () -> Integer.parseInt("x")))
                .hasMessageStartingWith("gantry.a is 'x', expected a number");
        assertThatThrownBy(
                        () ->
                                settings.explained(
                                        "gantry.a",
                                        () -> {
                                            throw new IllegalArgumentException("too odd");
                                        }))
                .hasMessageStartingWith("gantry.a: too odd");
    }

    private static SettingSource source(Map<String, Object> given) {
        var environment = new StandardEnvironment();
        environment.getPropertySources().addFirst(new MapPropertySource("given", given));
        return new SettingSource(environment);
    }
}
