package eu.conpaas.console.internal.navigator;

import org.eclipse.jface.viewers.ColumnLabelProvider;
import org.eclipse.swt.graphics.Image;

import eu.conpaas.api.NodeKind;
import eu.conpaas.console.internal.Texts;
import eu.conpaas.console.internal.ui.Icons;
import eu.conpaas.console.internal.ui.Problems;
import eu.conpaas.console.model.Application;
import eu.conpaas.console.model.Find;
import eu.conpaas.console.model.Link;
import eu.conpaas.console.model.Node;
import eu.conpaas.console.model.Service;
import eu.conpaas.console.model.Site;

/** States as text and as colour, so that neither is needed. */
public final class TreeLabels extends ColumnLabelProvider {
    @Override
    public String getText(Object element) {
        return switch (element) {
            case Site site -> site.getLink() == Link.OPEN ? site.getName() : Texts.of("navigator.state", site.getName(), Texts.of("link", site.getLink()));
            case Application application -> application.getServices().isEmpty() ? Texts.of("navigator.empty", application.getName()) : application.getName();
            case Service service -> Texts.of("navigator.state", service.getName(), Texts.of("state", service.getState()));
            case Node node -> node(node);
            default -> "";
        };
    }

    private static String node(Node node) {
        String place = node.getView().address() == null ? node.getId() : node.getView().address();
        return Texts.of("navigator.state", Texts.of(node.getView().kind() == NodeKind.MANAGER ? "node.manager" : "node.agent", place, roles(node)),
                Texts.of("node", node.getView().state())).replace("  ", " ");
    }

    private static String roles(Node node) {
        Service service = node.getService();
        return service == null || service.getDesired() == null ? "" : service.getDesired().placement().stream().filter(p -> p.node().equals(node.getId()))
                .map(p -> String.join(", ", p.roles())).findFirst().orElse("");
    }

    @Override
    public Image getImage(Object element) {
        return switch (element) {
            case Site site -> site.getLink() == Link.OPEN ? Icons.image("director") : Icons.of(site.getLink());
            case Application application -> Icons.image("application");
            case Service service -> Icons.of(service.getState());
            case Node node -> Icons.of(node.getView().state());
            default -> null;
        };
    }

    @Override
    public String getToolTipText(Object element) {
        return switch (element) {
            case Site site -> site.getProblem() == null ? Texts.of("navigator.site.tip", site.getUrl(), site.getUser()) : Problems.text(site.getProblem());
            case Service service -> Texts.of("navigator.service.tip", Find.type(service).map(t -> t.title()).orElse(service.getView().type()),
                    Long.toString(service.getSid()), service.getHealth() == null ? Texts.of("state", service.getState()) : service.getHealth());
            case Node node -> Texts.of("navigator.node.tip", node.getId(), node.getView().cloud());
            default -> null;
        };
    }
}
