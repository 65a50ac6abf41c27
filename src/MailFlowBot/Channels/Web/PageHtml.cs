using System.Net;
using System.Text;

namespace MailFlowBot.Channels.Web;

/// <summary>The page with its title and first line filled in: they must be right before any script runs.</summary>
internal static class PageHtml
{
    private const string Product = "MailFlowBot";

    /// <summary>The mark of everything simulated; the same two words in both languages, so that nobody misses it.</summary>
    private const string Simulation = "SIMULATION / 訓練";

    public static byte[] Render(PlaygroundPage page)
    {
        var file = PageFiles.Find("page.html")
            ?? throw new InvalidOperationException("page.html is not embedded in this assembly: build the project again.");
        var mark = page.Simulated ? Simulation + " · " : "";
        return Encoding.UTF8.GetBytes(
            Encoding.UTF8.GetString(file.Bytes)
                .Replace("{{title}}", WebUtility.HtmlEncode($"{mark}{page.Organization} · {Product}"), StringComparison.Ordinal)
                .Replace("{{mark}}", WebUtility.HtmlEncode(page.Simulated ? Simulation : ""), StringComparison.Ordinal)
                .Replace("{{organization}}", WebUtility.HtmlEncode(page.Organization), StringComparison.Ordinal)
                .Replace("{{mode}}", page.Simulated ? "simulated" : "real", StringComparison.Ordinal));
    }
}
