package dev.gantry.scheduler.placement.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gantry.model.meta.Resource;
import dev.gantry.scheduler.snapshot.Sample;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class PublishedProfilesTest {
    private static final PublishedProfiles PROFILES =
            PublishedProfiles.of(
                    Map.of("web.strategy", "ratio", "web.weights.NodeAffinity", "5"), "web");

    @Test
    void whatWasWrittenIsReadAgain() {
        Resource written = PROFILES.fresh();

        assertThat(written.tree())
                .isEqualTo(
                        Sample.object(
                                        """
                                        {'apiVersion':'v1','kind':'ConfigMap',
                                         'metadata':{'namespace':'kube-system',
                                           'name':'gantry-scheduler-profiles'},
                                         'data':{'profile':'web','profiles.web.strategy':'ratio',
                                           'profiles.web.weights.NodeAffinity':'5'}}
                                        """)
                                .tree());
        assertThat(PublishedProfiles.readFrom(written)).isEqualTo(PROFILES);
        assertThat(PROFILES.profiles().serves("web")).isTrue();
    }

    @Test
    void whatAnEarlierLeaderSaidIsReplacedAndMetadataStays() {
        Resource earlier =
                Sample.object(
                        """
                        {'metadata':{'resourceVersion':'5'},'data':{'profiles.old.strategy':'ratio'}}
                        """);

        Resource written = PROFILES.writtenTo(earlier);

        assertThat(PublishedProfiles.readFrom(written)).isEqualTo(PROFILES);
        assertThat(written.metadata().path("resourceVersion").asString()).isEqualTo("5");
    }

    @Test
    void anEmptyConfigMapMeansTheDefault() {
        assertThat(PublishedProfiles.readFrom(Sample.object("{}")))
                .isEqualTo(PublishedProfiles.DEFAULT);
    }

    @Test
    void aNameThatIsNoKeyOfAConfigMapIsNoNameOfAProfile() {
        assertThatThrownBy(() -> PublishedProfiles.of(Map.of("a b.x", "1"), "a b").profiles())
                .hasMessage(
                        "'a b.x' names no property of a profile; expected NAME.PROPERTY of"
                                + " letters, digits, '-', '_' and '.'");
    }
}
