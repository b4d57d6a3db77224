package org.safeconduct.app.demo;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.safeconduct.app.cli.Terminal;
import org.safeconduct.core.pass.Ask;
import org.safeconduct.core.pass.DoorSetup;
import org.safeconduct.core.pass.Offer;
import org.safeconduct.core.register.Placed;
import org.safeconduct.core.register.Register;
import org.safeconduct.core.register.Scheme;
import org.safeconduct.crypto.MalformedException;

/**
 * What somebody with one laptop needs to see a pass issued, shown and checked: in two windows of a browser, or in the shell.
 *
 * @param address the office's
 * @param words the office's, which wallet and checker ask to compare
 * @param inBrowser an offer for the wallet in the browser
 * @param inShell another, because an offer is the wallet's that redeems it first
 * @param door what makes the checker a door for errands
 */
record Invitation(String address, String words, Offer inBrowser, Offer inShell, DoorSetup door) {
    private static final String BROWSER = "You in the browser";
    private static final String SHELL = "You in the shell";

    /** Enrols the guest twice in the errand pass of a town, and sets up a door. */
    static Invitation of(DemoTown town) throws IOException, MalformedException {
        Map<String, Offer> offers = town.enrol(DemoTown.ERRAND, "person,first-name-letter,birthday\n%s,Y,02-29\n%s,Y,02-29\n".formatted(BROWSER, SHELL));
        Register register = town.desk().register();
        Placed<Scheme> errand = register.scheme(DemoTown.ERRAND).orElseThrow();
        DoorSetup door = DoorSetup.unsigned(register.officeLeaf(), town.address(), DoorSetup.Mode.DEFAULT, Ask.defaultOf(errand.leaf(), errand.line()), true,
            Optional.empty());
        return new Invitation(town.address(), register.officeWords(), offers.get(BROWSER), offers.get(SHELL), door);
    }

    /**
     * Says what to do.
     *
     * @param apps whether the apps for the browser are served
     * @param folder where the shell's wallet and stamps may lie
     */
    void print(Terminal terminal, boolean apps, Path folder) {
        terminal.line();
        terminal.line(terminal.strong("The office stays up at " + address) + terminal.quiet("   (ctrl-C ends it and removes everything)"));
        terminal.line("  office words   " + words);
        terminal.line();
        if (apps) {
            browser(terminal);
        } else {
            terminal.line("This program was built without the apps for the browser (it found no Node 20, or they did not build), so only the shell is left:");
            terminal.line("install Node 20, delete app/target/safeconduct.jar, and run `./safeconduct demo` again to have them.");
        }
        terminal.line();
        terminal.line(terminal.strong("Try it in the shell") + ", in another terminal:");
        terminal.line("    export SAFECONDUCT_WALLET=" + folder.resolve("you"));
        terminal.line("    ./safeconduct wallet office add " + address);
        terminal.line("    ./safeconduct wallet get " + inShell.text());
        terminal.line("    ./safeconduct wallet show");
        terminal.line("    ./safeconduct check --scheme errand-pass --stamps " + folder.resolve("stamps") + "    # then paste a code");
    }

    /** The codes stand alone in their lines, so that a whole line can be copied: a set-up code may hold spaces. */
    private void browser(Terminal terminal) {
        terminal.line(terminal.strong("Try it in the browser") + ", in two windows beside each other:");
        terminal.line();
        terminal.line(terminal.strong("1  Get a pass") + "       in the first window, the wallet");
        terminal.line("   open           " + address + "/wallet/");
        terminal.line("   press          Add a pass, Add an office");
        terminal.line("   the office     " + address);
        terminal.line("   compare        the words above, They are the same");
        terminal.line("   paste the offer, and press Next, Get the pass:");
        terminal.line(inBrowser.text());
        terminal.line();
        terminal.line(terminal.strong("2  Set up a door") + "    in the second window, the checker");
        terminal.line("   open           " + address + "/checker/");
        terminal.line("   paste the set-up code, and press They are the same:");
        terminal.line(door.text());
        terminal.line();
        terminal.line(terminal.strong("3  Show and check"));
        terminal.line("   in the wallet  press Show; while the code stands there, ctrl-C (on a Mac: cmd-C) copies it as text");
        terminal.line("   in the checker paste it: accepted");
        terminal.line("   once more      a new code, and the checker says no: today's errand is used");
    }

    @Override
    public String toString() {
        return "Invitation[secret]";
    }
}
