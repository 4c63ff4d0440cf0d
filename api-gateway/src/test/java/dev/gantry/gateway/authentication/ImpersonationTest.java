package dev.gantry.gateway.authentication;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ImpersonationTest {
    @Test
    void demandsAPermissionForEachPartOfTheIdentity() {
        var extra = new TreeMap<String, List<String>>();
        extra.put("scopes", List.of("a", "b"));
        var wish = new Impersonation("jane", "u1", List.of("dev"), extra);
        assertThat(wish.demands())
                .extracting(each -> each.resource() + " " + each.subresource() + " " + each.name())
                .containsExactly(
                        "users  jane",
                        "groups  dev",
                        "uids.authentication.k8s.io  u1",
                        "userextras.authentication.k8s.io scopes a",
                        "userextras.authentication.k8s.io scopes b");
    }

    @Test
    void takesServiceAccountsForWhatTheyAre() {
        var wish = wish("system:serviceaccount:apps:robot");
        assertThat(wish.demands().getFirst().resource().plural()).isEqualTo("serviceaccounts");
        assertThat(wish.demands().getFirst().namespace()).isEqualTo("apps");
        assertThat(wish.caller().groups())
                .containsExactly(
                        "system:serviceaccounts",
                        "system:serviceaccounts:apps",
                        "system:authenticated");
    }

    @Test
    void neverMakesTheAnonymousAuthenticated() {
        assertThat(wish("system:anonymous").caller().groups())
                .containsExactly("system:unauthenticated");
        assertThat(wish("jane").caller().groups()).containsExactly("system:authenticated");
    }

    @Test
    void knowsAWishWithoutAName() {
        assertThat(
                        new Impersonation("", "", List.of("dev"), new TreeMap<>())
                                .refusal()
                                .orElseThrow()
                                .message())
                .isEqualTo(
                        "requested &user.DefaultInfo{Name:\"\", UID:\"\", Groups:[]string{\"dev\"},"
                                + " Extra:map[string][]string(nil)} without impersonating a user name");
        assertThat(wish("jane").refusal()).isEmpty();
        assertThat(wish("").isNone()).isTrue();
        assertThat(wish("").refusal()).isEmpty();
    }

    private static Impersonation wish(String user) {
        return new Impersonation(user, "", List.of(), new TreeMap<>());
    }
}
