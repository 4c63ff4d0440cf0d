package dev.gantry.authorization;

import static dev.gantry.authorization.RbacPolicyTest.caller;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.authorization.bootstrap.BootstrapPolicy;
import dev.gantry.model.exchange.Caller;
import dev.gantry.model.meta.GroupResource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AuthorizerTest {
    private static final Access ACCESS =
            Access.resource("get", new GroupResource("", "pods"), "", "a", "b");

    private final List<String> asked = new ArrayList<>();

    @Test
    void theFirstThatDoesNotAbstainDecides() {
        var allowing = chain(new Verdict.NoOpinion("one"), new Verdict.Allowed("two"), denied());
        assertThat(allowing.judge(caller("jane"), ACCESS)).isEqualTo(new Verdict.Allowed("two"));
        assertThat(asked).containsExactly("0", "1");
        var denying = chain(denied(), new Verdict.Allowed(""));
        assertThat(denying.judge(caller("jane"), ACCESS)).isEqualTo(denied());
    }

    @Test
    void whyAllAbstainIsToldTogether() {
        var chain =
                chain(
                        AuthorizationMode.ABSTAINS,
                        new Verdict.NoOpinion("one"),
                        AuthorizationMode.ABSTAINS,
                        new Verdict.NoOpinion("two"));
        assertThat(chain.judge(caller("jane"), ACCESS))
                .isEqualTo(new Verdict.NoOpinion("one\ntwo"));
    }

    @Test
    void mastersMayDoEverythingWithoutAnybodyBeingAsked() {
        Caller master = caller("jane", "system:masters");
        assertThat(chain(denied()).judge(master, ACCESS).isAllowed()).isTrue();
        assertThat(asked).isEmpty();
    }

    @Test
    void itsRulesAreKnownWhereAllAuthorizersTellTheirs() {
        AuthorizationMode silent =
                new AuthorizationMode() {
                    @Override
                    public Verdict judge(Caller caller, Access access) {
                        return ABSTAINS;
                    }

                    @Override
                    public boolean knowsItsRules() {
                        return false;
                    }
                };
        assertThat(chain(denied()).knowsAllRules()).isTrue();
        assertThat(new Authorizer(() -> List.of(silent)).knowsAllRules()).isFalse();
    }

    /** Without these no node would ever get its certificate, and no client one of the cluster's. */
    @ParameterizedTest
    @CsvSource({
        "approve, kubernetes.io/kube-apiserver-client-kubelet, true",
        "approve, kubernetes.io/kube-apiserver-client, false",
        "approve, example.com/any, false",
        "sign, kubernetes.io/kube-apiserver-client, true",
        "sign, kubernetes.io/kube-apiserver-client-kubelet, true",
        "sign, kubernetes.io/kubelet-serving, true",
        "sign, kubernetes.io/legacy-unknown, true",
        "sign, example.com/any, false"
    })
    void controllersMayApproveAndSignWhatTheyDo(String verb, String signer, boolean mayDo) {
        RbacPolicy policy = RbacPolicy.of(BootstrapPolicy.objects());
        Access access =
                Access.resource(
                        verb, new GroupResource("certificates.k8s.io", "signers"), "", "", signer);
        assertThat(policy.judge(caller("system:kube-controller-manager"), access).isAllowed())
                .isEqualTo(mayDo);
    }

    private static Verdict denied() {
        return new Verdict.Denied("no");
    }

    private Authorizer chain(Verdict... verdicts) {
        List<AuthorizationMode> modes = new ArrayList<>();
        for (int i = 0; i < verdicts.length; i++) {
            String name = Integer.toString(i);
            Verdict verdict = verdicts[i];
            modes.add(
                    (_, _) -> {
                        asked.add(name);
                        return verdict;
                    });
        }
        return new Authorizer(() -> modes);
    }
}
