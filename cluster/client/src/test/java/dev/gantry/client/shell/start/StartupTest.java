package dev.gantry.client.shell.start;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.security.cert.CertificateException;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.BeanCreationException;

final class StartupTest {
    @Test
    void theReasonIsTheBadSettingWhateverIsAroundIt() {
        var bad = new BadSetting("gantry.a is wrong");
        bad.initCause(new NumberFormatException("x"));

        assertThat(Startup.reason(new BeanCreationException("bean x", bad)))
                .isEqualTo("gantry.a is wrong");
    }

    @Test
    void theReasonSaysWhatWasTriedAndWhatCameOfIt() {
        var fault =
                new BeanCreationException(
                        "bean x",
                        new IllegalStateException("cannot listen on :1", new IOException("taken")));

        assertThat(Startup.reason(fault)).isEqualTo("cannot listen on :1: taken");
    }

    @Test
    void nothingIsSaidTwice() {
        var fault =
                new IllegalArgumentException(
                        "the file x is odd: byte 3", new IllegalArgumentException("byte 3"));

        assertThat(Startup.reason(fault)).isEqualTo("the file x is odd: byte 3");
    }

    @Test
    void filesAreToldInWords() {
        var gone = new NoSuchFileException("/x/ca.crt");

        assertThat(Startup.reason(new UncheckedIOException(gone)))
                .isEqualTo("the file /x/ca.crt is not there");
        assertThat(Startup.reason(new AccessDeniedException("/x/ca.crt")))
                .isEqualTo("the file /x/ca.crt may not be read");
    }

    @Test
    void theReasonIsOneLine() {
        assertThat(Startup.reason(new CertificateException("no certificate\n\tat line 3")))
                .isEqualTo("CertificateException: no certificate");
    }

    @Test
    void onlyWhatTheWorldMayMendIsWorthAnotherTry() {
        assertThat(Startup.code(new IOException(new BindException("taken")))).isEqualTo(1);
        assertThat(Startup.code(new NoSuchFileException("x"))).isEqualTo(Startup.BAD_SETTINGS);
    }
}
