package dev.gantry.state.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gantry.model.refusal.Judged;
import dev.gantry.model.request.Query;
import dev.gantry.state.registry.option.ListOptions;
import dev.gantry.state.registry.option.WriteOptions;
import org.junit.jupiter.api.Test;

class OptionsTest {
    @Test
    void managerIsTheFirstWordOfTheUserAgentUnlessGiven() {
        assertThat(options("", "kubectl/v1.32 (linux)").manager()).isEqualTo("kubectl");
        assertThat(options("fieldManager=me", "kubectl/v1.32").manager()).isEqualTo("me");
    }

    @Test
    void unknownDryRunIsInvalid() {
        assertThat(WriteOptions.parse(Query.parse("dryRun=Some"), "", "CreateOptions"))
                .isInstanceOf(Judged.Refused.class);
    }

    @Test
    void limitMustBeANumber() {
        assertThatThrownBy(() -> ListOptions.parse(Query.parse("limit=ten")))
                .hasMessage("strconv.ParseInt: parsing \"ten\": invalid syntax");
    }

    private static WriteOptions options(String query, String userAgent) {
        Judged<WriteOptions> parsed =
                WriteOptions.parse(Query.parse(query), userAgent, "CreateOptions");
        return ((Judged.Accepted<WriteOptions>) parsed).value();
    }
}
