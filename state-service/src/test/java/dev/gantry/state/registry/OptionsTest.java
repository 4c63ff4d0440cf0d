package dev.gantry.state.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gantry.model.refusal.Judged;
import dev.gantry.model.request.Query;
import dev.gantry.state.patch.PatchType;
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
    void managerIsShortAndPrintable() {
        assertThat(refusal("fieldManager=a%C2%A0b%20%01&dryRun=x&fieldValidation=y"))
                .isEqualTo(
                        "CreateOptions.meta.k8s.io \"\" is invalid: [fieldManager: Invalid value:"
                                + " \"a\\u00a0b \\x01\": invalid character U+00A0 (at position 1),"
                                + " fieldManager: Invalid value: \"a\\u00a0b \\x01\": invalid"
                                + " character U+0001 (at position 5), dryRun: Unsupported value:"
                                + " [\"x\"]: supported values: \"All\", fieldValidation: Unsupported"
                                + " value: \"y\": supported values: \"\", \"Ignore\", \"Strict\","
                                + " \"Warn\"]");
        assertThat(refusal("fieldManager=" + "%C3%A4".repeat(65)))
                .endsWith("fieldManager: Too long: may not be more than 128 bytes");
    }

    @Test
    void whatOnlySomePatchesTakeIsToldWithTheRest() {
        Judged<WriteOptions> merge =
                WriteOptions.ofPatch(Query.parse("force=true&dryRun=x"), "", PatchType.MERGE);
        Judged<WriteOptions> apply =
                WriteOptions.ofPatch(Query.parse("force=true"), "", PatchType.APPLY);

        assertThat(((Judged.Refused<?>) merge).why().message())
                .contains("[force: Forbidden: may not be specified for non-apply patch, dryRun: ");
        assertThat(((Judged.Refused<?>) apply).why().message())
                .contains("fieldManager: Required value: is required for apply patch");
    }

    private static String refusal(String query) {
        return ((Judged.Refused<?>) WriteOptions.parse(Query.parse(query), "", "CreateOptions"))
                .why()
                .message();
    }

    @Test
    void limitMustBeANumber() {
        assertThatThrownBy(() -> ListOptions.parse(Query.parse("limit=9223372036854775808")))
                .hasMessage(
                        "strconv.ParseInt: parsing \"9223372036854775808\": value out of range");
        assertThatThrownBy(() -> ListOptions.parse(Query.parse("limit=ten")))
                .hasMessage("strconv.ParseInt: parsing \"ten\": invalid syntax");
    }

    private static WriteOptions options(String query, String userAgent) {
        Judged<WriteOptions> parsed =
                WriteOptions.parse(Query.parse(query), userAgent, "CreateOptions");
        return ((Judged.Accepted<WriteOptions>) parsed).value();
    }
}
