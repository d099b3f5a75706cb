package eu.conpaas.console.desktop.internal;

import java.nio.file.Path;

import org.eclipse.equinox.app.IApplication;
import org.eclipse.equinox.app.IApplicationContext;
import org.eclipse.swt.widgets.Display;
import org.eclipse.ui.PlatformUI;

import eu.conpaas.console.ConsoleAdvisor;

/** The console as a program of its own. */
public final class DesktopApplication implements IApplication {
    private LocalDirector local;

    @Override
    public Object start(IApplicationContext context) {
        Display display = PlatformUI.createDisplay();
        Path folder = Path.of(System.getProperty("conpaas.config", Path.of(System.getProperty("user.home"), ".conpaas").toString()));
        try {
            local = new LocalDirector(folder, display);
            int code = PlatformUI.createAndRunWorkbench(display, new ConsoleAdvisor(display, folder, local::opened));
            return code == PlatformUI.RETURN_RESTART ? EXIT_RESTART : EXIT_OK;
        } finally {
            local.close();
            display.dispose();
        }
    }

    @Override
    public void stop() {
        if (PlatformUI.isWorkbenchRunning()) {
            PlatformUI.getWorkbench().getDisplay().asyncExec(() -> PlatformUI.getWorkbench().close());
        }
    }
}
