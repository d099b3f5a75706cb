package eu.conpaas.console.internal.workbench;

import org.eclipse.ui.IPageLayout;
import org.eclipse.ui.IPerspectiveFactory;

/** Applications on the left, what is open in the middle, operations below. */
public final class ConsolePerspective implements IPerspectiveFactory {
    public static final String ID = "eu.conpaas.console.perspective";
    private static final float LEFT = 0.24f;
    private static final float UPPER = 0.78f;

    @Override
    public void createInitialLayout(IPageLayout layout) {
        layout.addView("eu.conpaas.console.navigator", IPageLayout.LEFT, LEFT, IPageLayout.ID_EDITOR_AREA);
        layout.addView("eu.conpaas.console.operations", IPageLayout.BOTTOM, UPPER, IPageLayout.ID_EDITOR_AREA);
        layout.getViewLayout("eu.conpaas.console.navigator").setCloseable(false);
    }
}
