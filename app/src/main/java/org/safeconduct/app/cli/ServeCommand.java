package org.safeconduct.app.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import org.safeconduct.app.http.AppBuild;
import org.safeconduct.app.http.OfficeServer;
import org.safeconduct.app.http.TlsFiles;
import org.safeconduct.app.office.Desk;
import org.safeconduct.app.office.WrongClockException;
import org.safeconduct.core.register.Register;
import org.safeconduct.core.register.Scheme;
import org.safeconduct.core.register.Validity;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The office's server: the public register, and issuing. */
@Command(name = "serve", description = "Serve the office: its public register and the issuing of passes, until it is stopped.",
    footer = {"", "It opens the coming epochs and renews the daily cosignature by itself. It keeps no access log. Several nodes may",
        "serve one PostgreSQL store.", "", "Examples:", "  safeconduct serve", "  safeconduct serve --host 0.0.0.0 --port 443 --tls office.p12"})
final class ServeCommand implements Callable<Integer> {
    private static final Duration HOUSEKEEPING = Duration.ofMinutes(10);

    private final Context context;

    @Mixin
    private DataOption data;

    @Option(names = "--host", defaultValue = "127.0.0.1", paramLabel = "ADDRESS", description = "Where to listen (${DEFAULT-VALUE}: for a proxy on this machine).")
    private String host;

    @Option(names = "--port", defaultValue = "8080", paramLabel = "N", description = "0 for any free one (${DEFAULT-VALUE}).")
    private int port;

    @Option(names = "--tls", paramLabel = "FILE", description = "Key and certificate, PKCS #12; its password stands in $SAFECONDUCT_TLS_PASSWORD.")
    private Path tlsFile;

    @Option(names = "--metrics-port", paramLabel = "N",
        description = "Hand out counts for Prometheus, below /metrics on 127.0.0.1 alone; 0 for any free port (default: nowhere).")
    private Integer metricsPort;

    ServeCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (port < 0 || port > 65_535 || metricsPort != null && (metricsPort < 0 || metricsPort > 65_535)) {
            throw CommandException.usage("A port is a number from 0 to 65535.");
        }
        Optional<SSLContext> tls = tlsFile == null ? Optional.empty()
            : Optional.of(TlsFiles.read(tlsFile, context.environment().getOrDefault("SAFECONDUCT_TLS_PASSWORD", "").toCharArray()));
        try (Stopping stopping = new Stopping(); DataOption.Opened office = data.open(context)) {
            openEpochs(office.desk());
            try (OfficeServer server = start(office, tls); ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().daemon().name("epochs").factory())) {
                timer.scheduleWithFixedDelay(() -> keepGoing(office.desk()), HOUSEKEEPING.toSeconds(), HOUSEKEEPING.toSeconds(), TimeUnit.SECONDS);
                Register register = office.desk().register();
                context.terminal().line((tls.isPresent() ? "https://" : "http://") + host + ":" + server.port());
                server.metricsPort().ifPresent(own -> context.terminal().line("counts: http://127.0.0.1:" + own + "/metrics"));
                context.terminal().note("  " + Wording.text(register.office().names(), register.office(), context) + ", office words " + register.officeWords());
                AppBuild.ofProgram().stream().filter(build -> !BuildCommand.isNamed(register, build)).forEach(build -> context.terminal().note(
                    "  The register does not name the " + build.app() + " that is served here, so nobody can compare it: `build publish` does."));
                context.terminal().note("  stop with ctrl-C");
                stopping.await();
                timer.shutdownNow();
            }
            return Exit.OK;
        }
    }

    private OfficeServer start(DataOption.Opened office, Optional<SSLContext> tls) {
        return OfficeServer.start(office.store(), office.desk(), host, port, tls,
            metricsPort == null ? OptionalInt.empty() : OptionalInt.of(metricsPort));
    }

    /** Opens what is due in every scheme that is valid and has begun. */
    private void openEpochs(Desk desk) {
        Register register = desk.register();
        register.all(Scheme.class).filter(scheme -> !register.epochs(scheme.leaf()).isEmpty())
            .filter(scheme -> register.validity(scheme.leaf(), context.now()) == Validity.VALID)
            .forEach(scheme -> desk.openEpochs(scheme.line().id()));
    }

    /** A store that does not answer now may do so in ten minutes; serving goes on meanwhile. */
    private void keepGoing(Desk desk) {
        try {
            openEpochs(desk);
        } catch (WrongClockException e) {
            // The server says so.
            return;
        } catch (RuntimeException e) {
            context.terminal().note("The coming epochs were not opened: " + Failures.explain(e).getMessage());
        }
    }
}
