package org.safeconduct.app.demo;

import org.safeconduct.app.cli.Context;
import org.safeconduct.app.cli.Stopping;
import org.safeconduct.app.http.OfficeServer;

/** After the story: the office goes on by the real clock, for whoever wants to try the commands on it. */
final class StayingUp {
    private final Context context;
    private final Scene scene;

    StayingUp(Context context, Scene scene) {
        this.context = context;
        this.scene = scene;
    }

    void until(Stopping stopping) throws Exception {
        scene.clock.follow(context.clock());
        scene.town.desk().openEpochs(DemoTown.ERRAND);
        scene.town.tell();
        Invitation.of(scene.town).print(context.terminal(), OfficeServer.hasApps(), scene.folder);
        stopping.await();
    }
}
