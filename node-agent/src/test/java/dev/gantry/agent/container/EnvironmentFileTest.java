package dev.gantry.agent.container;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EnvironmentFileTest {
    private static final String FILE =
            """
            # where the data are
              HOST='db'  # of this namespace

            NAME = 'a # b "c" $D \\n'
            LINES='one
            two'
            EMPTY=''
            HOST='other'""";

    @Test
    void readsWhatStandsInSingleQuotesAsItIs() {
        assertThat(value("HOST")).hasValue("db");
        assertThat(value("NAME")).hasValue("a # b \"c\" $D \\n");
        assertThat(value("LINES")).hasValue("one\ntwo");
    }

    @Test
    void saysNothingOfWhatIsNotThere() {
        assertThat(value("EMPTY")).hasValue("");
        assertThat(value("NONE")).hasValue("");
        assertThat(EnvironmentFile.value("", "NONE")).hasValue("");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "A=value",
                "A=\"value\"",
                "A='one''two'",
                "A='one'$B",
                "A='open",
                "export A='1'",
                "1A='1'",
                "A"
            })
    void refusesWhatAShellMightTakeOtherwise(String line) {
        assertThat(EnvironmentFile.value("B='1'\n" + line + "\n", "A")).isEmpty();
        assertThat(EnvironmentFile.value("B='1'\n" + line + "\n", "B")).hasValue("1");
    }

    private static Optional<String> value(String name) {
        return EnvironmentFile.value(FILE, name);
    }
}
