package dev.gantry.client.shell.tls;

import static org.assertj.core.api.Assertions.assertThat;

import javax.security.auth.x500.X500Principal;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class GatewayIdentityTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    CN=system:gantry:gateway                                | true
                    CN=system:gantry:gateway, O=gantry                      | true
                    O=gantry, CN=system:gantry:gateway                      | true
                    CN=system:gantry:gateway2                               | false
                    CN=somebody, O=system:gantry:gateway                    | false
                    O="x,CN=system:gantry:gateway", CN=somebody             | false
                    CN=somebody, CN=system:gantry:gateway                   | false
                    O=gantry                                                | false
                    """)
    void isTheWholeCommonNameAndTheOnlyOne(String subject, boolean isGateway) {
        assertThat(GatewayIdentity.isNamedBy(new X500Principal(subject))).isEqualTo(isGateway);
    }
}
