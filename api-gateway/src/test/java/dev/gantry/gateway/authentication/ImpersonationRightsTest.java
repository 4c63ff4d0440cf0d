package dev.gantry.gateway.authentication;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.authorization.Access;
import dev.gantry.authorization.Verdict;
import dev.gantry.gateway.authentication.ImpersonationRights.Outcome;
import dev.gantry.model.exchange.Caller;
import dev.gantry.model.meta.GroupResource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImpersonationRightsTest {
    private static final String NODE_NAME = "authentication.kubernetes.io/node-name";
    private static final Caller JANE = new Caller("jane", "", List.of("dev"), new TreeMap<>());
    private static final Access LIST =
            Access.resource("list", new GroupResource("", "pods"), "", "shop", "");

    private final List<Caller> asked = new ArrayList<>();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "bob | impersonate-on:user-info:list pods; impersonate:user-info users/bob | impersonate:user-info",
                "system:node:n1 | impersonate-on:arbitrary-node:list pods; impersonate:arbitrary-node nodes/n1 | impersonate:arbitrary-node",
                "system:serviceaccount:shop:robot | impersonate-on:serviceaccount:list pods; impersonate:serviceaccount serviceaccounts/robot | impersonate:serviceaccount",
                "bob | impersonate users/bob | ''",
                "system:node:n1 | impersonate users/system:node:n1 | ''",
            })
    void eitherRightIsEnough(String user, String rights, String constraint) {
        assertThat(judge(JANE, wish(user), rights))
                .isInstanceOfSatisfying(
                        Outcome.Granted.class,
                        granted -> {
                            assertThat(granted.caller().user()).isEqualTo(user);
                            assertThat(granted.constraint()).isEqualTo(constraint);
                        });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "bob | impersonate:user-info users/bob",
                "bob | impersonate-on:user-info:list pods",
                "bob | impersonate-on:user-info:get pods; impersonate:user-info users/bob",
                "system:node:n1 | impersonate-on:user-info:list pods; impersonate:user-info users/system:node:n1",
                "system:serviceaccount:a:b | impersonate-on:user-info:list pods; impersonate:user-info users/system:serviceaccount:a:b",
            })
    void halfARightIsNone(String user, String rights) {
        assertThat(judge(JANE, wish(user), rights)).isInstanceOf(Outcome.Denied.class);
    }

    @Test
    void whoMayNotIsToldWhatTheNarrowestRightWants() {
        var denied = (Outcome.Denied) judge(JANE, wish("bob"), "");
        assertThat(denied.access()).isEqualTo(LIST.withVerb("impersonate-on:user-info:list"));
    }

    @Test
    void aNodeHasItsGroupOnlyByTheRightToNodes() {
        var constrained =
                (Outcome.Granted)
                        judge(
                                JANE,
                                wish("system:node:n1"),
                                "impersonate-on:arbitrary-node:list pods; impersonate:arbitrary-node nodes/n1");
        assertThat(constrained.caller().groups())
                .containsExactly("system:nodes", "system:authenticated");
        var plain =
                (Outcome.Granted)
                        judge(JANE, wish("system:node:n1"), "impersonate users/system:node:n1");
        assertThat(plain.caller().groups()).containsExactly("system:authenticated");
    }

    @Test
    void anAccountIsTheNodeOfItsPodByARightToAnyNode() {
        String rights =
                "impersonate-on:associated-node:list pods; impersonate:associated-node nodes/*";
        Caller there = account("n1");
        assertThat(judge(there, wish("system:node:n1"), rights))
                .isInstanceOfSatisfying(
                        Outcome.Granted.class,
                        granted -> assertThat(granted.caller().user()).isEqualTo("system:node:n1"));
        assertThat(asked.getFirst().extra())
                .containsOnlyKeys("authentication.kubernetes.io/associated-node-keys");
        assertThat(judge(there, wish("system:node:n2"), rights)).isInstanceOf(Outcome.Denied.class);
    }

    @Test
    void eachPartOfAnIdentityIsARight() {
        SortedMap<String, List<String>> extra = new TreeMap<>();
        extra.put("example.com/scope", List.of("s"));
        var wish = new Impersonation("bob", "u1", List.of("g"), extra);
        String rights =
                "impersonate-on:user-info:list pods; impersonate:user-info users/bob;"
                        + " impersonate:user-info uids/u1; impersonate:user-info groups/g;"
                        + " impersonate:user-info userextras/s";
        assertThat(judge(JANE, wish, rights)).isInstanceOf(Outcome.Granted.class);
        for (String each : List.of("uids/u1", "groups/g", "userextras/s")) {
            assertThat(judge(JANE, wish, rights.replace(each, "none/x")))
                    .as(each)
                    .isInstanceOf(Outcome.Denied.class);
        }
    }

    @Test
    void manyGroupsTakeOneRightToAll() {
        String rights =
                "impersonate-on:user-info:list pods; impersonate:user-info users/bob;"
                        + " impersonate:user-info groups/*";
        var four = new Impersonation("bob", "", List.of("a", "b", "c", "d"), new TreeMap<>());
        assertThat(judge(JANE, four, rights)).isInstanceOf(Outcome.Granted.class);
    }

    @Test
    void nobodyIsAMasterByARightToCertainRequests() {
        String rights =
                "impersonate-on:user-info:list pods; impersonate:user-info users/bob;"
                        + " impersonate:user-info groups/system:masters";
        var wish = new Impersonation("bob", "", List.of("system:masters"), new TreeMap<>());
        assertThat(judge(JANE, wish, rights))
                .isInstanceOfSatisfying(
                        Outcome.Denied.class,
                        denied ->
                                assertThat(denied.reason())
                                        .isEqualTo(
                                                "impersonating the system:masters group is not"
                                                        + " allowed"));
    }

    private static Impersonation wish(String user) {
        return new Impersonation(user, "", List.of(), new TreeMap<>());
    }

    private static Caller account(String node) {
        SortedMap<String, List<String>> extra = new TreeMap<>();
        extra.put(NODE_NAME, List.of(node));
        return new Caller("system:serviceaccount:shop:agent", "", List.of(), extra);
    }

    /**
     * @param rights {@code VERB RESOURCE[/NAME]}, separated by semicolons
     */
    private Outcome judge(Caller caller, Impersonation wish, String rights) {
        Set<String> held =
                Set.of(Arrays.stream(rights.split(";")).map(String::strip).toArray(String[]::new));
        asked.clear();
        return new ImpersonationRights(
                        (who, access) -> {
                            asked.add(who);
                            String name = access.name().isEmpty() ? "" : "/" + access.name();
                            String right = access.verb() + " " + access.plural() + name;
                            return held.contains(right)
                                    ? new Verdict.Allowed("")
                                    : new Verdict.NoOpinion("");
                        })
                .judge(caller, wish, LIST);
    }
}
