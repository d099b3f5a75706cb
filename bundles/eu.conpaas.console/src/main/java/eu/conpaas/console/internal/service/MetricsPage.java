package eu.conpaas.console.internal.service;

import java.util.LinkedHashMap;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import org.eclipse.jface.dialogs.IMessageProvider;
import org.eclipse.jface.layout.GridLayoutFactory;
import org.eclipse.swt.SWT;
import org.eclipse.swt.layout.GridData;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.ui.forms.widgets.FormToolkit;

import eu.conpaas.api.ServiceDescriptor;
import eu.conpaas.api.ServiceDescriptor.MetricSpec;
import eu.conpaas.client.Endpoints;
import eu.conpaas.console.internal.Texts;
import eu.conpaas.console.internal.ui.Chart;
import eu.conpaas.console.internal.ui.Problems;
import eu.conpaas.console.internal.ui.Work;
import eu.conpaas.console.model.Service;

/** What the service measures, as curves of the last minutes. Measured values are asked for only while the page is seen. */
final class MetricsPage extends ServicePage {
    private static final int EVERY = 3000;
    private static final int HEIGHT = 150;
    private final Map<String, Chart> charts = new LinkedHashMap<>();
    private Composite area;
    private boolean going;

    MetricsPage(ServiceEditor editor) {
        super(editor, "metrics");
    }

    @Override
    void build(Composite body, FormToolkit toolkit) {
        area = toolkit.createComposite(body);
        area.setLayoutData(new GridData(SWT.FILL, SWT.FILL, true, true));
        GridLayoutFactory.swtDefaults().numColumns(2).equalWidth(true).spacing(12, 12).applyTo(area);
        editor().type().orElseThrow().metrics().forEach(this::chart);
        if (charts.isEmpty()) {
            toolkit.createLabel(area, Texts.of("metrics.none"));
        }
        area.getDisplay().timerExec(0, this::ask);
    }

    private void chart(MetricSpec metric) {
        Chart chart = new Chart(area, metric.title(), metric.unit());
        GridData data = new GridData(SWT.FILL, SWT.FILL, true, true);
        data.heightHint = HEIGHT;
        chart.setLayoutData(data);
        charts.put(metric.id(), chart);
    }

    @Override
    void show(Service service, ServiceDescriptor type) {
        if (!Endpoints.serves(service.getView())) {
            form().setMessage(Texts.of("metrics.notRunning"), IMessageProvider.INFORMATION);
        } else if (Texts.of("metrics.notRunning").equals(form().getMessage())) {
            Problems.clear(form());
        }
    }

    private void ask() {
        if (area.isDisposed()) {
            return;
        }
        area.getDisplay().timerExec(EVERY, this::ask);
        if (going || !area.isVisible()) {
            return;
        }
        editor().service().filter(s -> Endpoints.serves(s.getView())).ifPresent(service -> editor().director().ifPresent(director -> {
            going = true;
            long sid = service.getSid();
            Work.quietly(area, Texts.of("page.metrics"), m -> director.services().call(sid, "get_service_performance", Map.of()), this::measured, e -> {
                going = false;
                problem(e);
            });
        }));
    }

    private void measured(JsonNode figures) {
        going = false;
        Problems.clear(form());
        figures.properties().forEach(f -> {
            if (f.getValue().isNumber() && charts.containsKey(f.getKey())) {
                charts.get(f.getKey()).add(f.getValue().asDouble());
            }
        });
    }
}
