package eu.conpaas.console.internal.ui;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;

import org.eclipse.swt.SWT;
import org.eclipse.swt.graphics.Color;
import org.eclipse.swt.graphics.GC;
import org.eclipse.swt.graphics.Point;
import org.eclipse.swt.graphics.Rectangle;
import org.eclipse.swt.widgets.Canvas;
import org.eclipse.swt.widgets.Composite;

import eu.conpaas.console.internal.Texts;

/** A curve of the latest values of one figure, drawn in the colours of what it stands on, with plain lines, so that it works everywhere. */
public final class Chart extends Canvas {
    private static final int KEPT = 200;
    private static final int LEFT = 56;
    private static final int TOP = 26;
    private static final int EDGE = 8;
    private static final int LINES = 4;
    private static final int CURVE_RED = 59;
    private static final int CURVE_GREEN = 120;
    private static final int CURVE_BLUE = 195;
    private final Deque<Double> values = new ArrayDeque<>();
    private final String title;
    private final String unit;
    private final Color curve;

    public Chart(Composite parent, String title, String unit) {
        super(parent, SWT.DOUBLE_BUFFERED);
        this.title = title;
        this.unit = unit == null ? "" : unit;
        this.curve = new Color(getDisplay(), CURVE_RED, CURVE_GREEN, CURVE_BLUE);
        addListener(SWT.Paint, e -> paint(e.gc));
        addListener(SWT.Dispose, e -> curve.dispose());
        setBackground(parent.getBackground());
        setToolTipText(title);
    }

    /** The next value. */
    public void add(double value) {
        values.addLast(value);
        if (values.size() > KEPT) {
            values.removeFirst();
        }
        setToolTipText(Texts.of("chart.tip", title, figure(value), unit, figure(top())));
        redraw();
    }

    private double top() {
        double most = values.stream().mapToDouble(v -> v).max().orElse(0);
        if (most <= 0) {
            return 1;
        }
        double power = Math.pow(10, Math.floor(Math.log10(most)));
        for (double step : new double[] {1, 2, 5}) {
            if (most <= step * power) {
                return step * power;
            }
        }
        return 10 * power;
    }

    private void paint(GC gc) {
        Rectangle all = getClientArea();
        Color ink = getForeground();
        gc.setBackground(getBackground());
        gc.fillRectangle(all);
        gc.setForeground(ink);
        String head = values.isEmpty() ? title : title + "   " + figure(values.getLast()) + " " + unit;
        gc.drawString(head, LEFT, EDGE / 2, true);
        int width = all.width - LEFT - EDGE;
        int height = all.height - TOP - EDGE;
        double top = top();
        for (int i = 0; i <= LINES; i++) {
            int y = TOP + height * i / LINES;
            gc.setAlpha(i == LINES ? 160 : 50);
            gc.drawLine(LEFT, y, LEFT + width, y);
            gc.setAlpha(200);
            String mark = figure(top * (LINES - i) / LINES);
            Point size = gc.stringExtent(mark);
            gc.drawString(mark, LEFT - size.x - EDGE, y - size.y / 2, true);
        }
        gc.setAlpha(255);
        if (values.isEmpty()) {
            gc.drawString(Texts.of("chart.waiting"), LEFT + EDGE, TOP + height / 2, true);
            return;
        }
        curve(gc, width, height, top);
    }

    private void curve(GC gc, int width, int height, double top) {
        int[] points = new int[values.size() * 2];
        int i = 0;
        for (double value : values) {
            points[2 * i] = LEFT + width - (values.size() - 1 - i) * width / KEPT;
            points[2 * i + 1] = TOP + height - (int) Math.round(height * Math.min(value, top) / top);
            i++;
        }
        gc.setForeground(curve);
        gc.setLineWidth(2);
        gc.drawPolyline(points);
        gc.setLineWidth(1);
    }

    private static String figure(double value) {
        if (value >= 10_000_000) {
            return Math.round(value / 1_000_000) + "M";
        }
        if (value >= 10_000) {
            return Math.round(value / 1000) + "k";
        }
        return value == Math.rint(value) || value >= 100 ? Long.toString(Math.round(value)) : String.format(Locale.ROOT, "%.2f", value);
    }
}
