import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;

/** All pages: each names its version in three places, so that a request that sees two versions shows them. */
@WebServlet({"", "/fast", "/slow", "/upload", "/login", "/who"})
public final class Pages extends HttpServlet {
    private static final String VERSION = "@VERSION@";

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setContentType("text/plain");
        PrintWriter out = response.getWriter();
        out.println("version=" + VERSION);
        switch (request.getServletPath()) {
            case "/fast" -> compute(5, 0, out);
            case "/slow" -> compute(1000, 100, out);
            case "/upload" -> out.println("size=" + size(request.getInputStream()));
            case "/login" -> request.getSession().setAttribute("login", new Login(request.getParameter("name")));
            case "/who" -> out.println("login=" + login(request.getSession(false)) + " address=" + request.getLocalAddr());
            default -> out.println("first page");
        }
        try (InputStream in = getServletContext().getResourceAsStream("/WEB-INF/version.txt")) {
            out.println("version=" + Version.name() + " version=" + new String(in.readAllBytes()) + "\nEND");
        }
    }

    private static String login(HttpSession session) {
        return session != null && session.getAttribute("login") instanceof Login login ? login.name() : "nobody";
    }

    private static long size(InputStream in) throws IOException {
        return in.readAllBytes().length;
    }

    /** Works for some milliseconds on the processor, in as many pieces with pauses between them and text sent as it goes if there are more than one. */
    private static void compute(int work, int pieces, PrintWriter out) {
        long hash = 0;
        for (int i = 0; i < Math.max(1, pieces); i++) {
            long end = System.nanoTime() + work * 1_000_000L / Math.max(1, pieces);
            while (System.nanoTime() < end) {
                hash = hash * 31 + end;
            }
            if (pieces > 0) {
                out.println(hash);
                out.flush();
                java.util.concurrent.locks.LockSupport.parkNanos(40_000_000);
            }
        }
    }
}
