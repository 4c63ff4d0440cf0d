package dev.gantry.cli.shell;

import dev.gantry.client.shell.http.ApiRefused;
import dev.gantry.client.shell.http.ClusterApi;
import dev.gantry.model.meta.Resource;
import dev.gantry.scheduler.placement.profile.Profiles;
import dev.gantry.scheduler.placement.profile.PublishedProfiles;
import java.util.Optional;

/** Finds out by which profiles the cluster's scheduler places pods; says so where it cannot. */
final class ProfileReading {
    private ProfileReading() {}

    static Profiles read(ClusterApi api) {
        try {
            Optional<Resource> found = api.get(PublishedProfiles.KEY);
            if (found.isPresent()) {
                return PublishedProfiles.readFrom(found.get()).profiles();
            }
            warn("there is no ConfigMap " + PublishedProfiles.KEY.path());
        } catch (ApiRefused refused) {
            warn("the API says: " + refused.getMessage());
        } catch (IllegalArgumentException ofAnotherVersion) {
            warn(String.valueOf(ofAnotherVersion.getMessage()));
        }
        return PublishedProfiles.DEFAULT.profiles();
    }

    private static void warn(String why) {
        System.err.printf(
                "warning: the scheduler's profiles are not known, and are taken to be the usual"
                        + " ones: %s%n",
                why);
    }
}
