using SearchCluster.Artifacts.Data;
using SearchCluster.Cli.Data;
using SearchCluster.Cli.Failures;
using SearchCluster.Cli.Fetching;
using SearchCluster.Cli.Invocation;
using SearchCluster.Models.Data.Registry;

namespace SearchCluster.Cli.Commands.Data;

/// <summary>Downloads a public data set into the state folder and registers it.</summary>
internal static class DataFetch
{
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(15);

    /// <summary>Downloads what is not there yet.</summary>
    /// <param name="context">The command's context.</param>
    /// <param name="set">What to fetch.</param>
    /// <param name="from">Another address to take the files from; null for those of their publisher.</param>
    /// <returns>The registered data set.</returns>
    /// <exception cref="CliException">No address gave the right bytes, or the disk refused them.</exception>
    public static async Task<RegisteredData> RunAsync(CommandContext context, PublicDataSet set, Uri? from)
    {
        var folder = context.DataRegistry.FilesFolder(set.Name);
        Uri? origin = null;
        try
        {
            Directory.CreateDirectory(folder);
            using var http = new HttpClient(
                new SocketsHttpHandler { ConnectTimeout = ConnectTimeout, UseProxy = from is not { IsLoopback: true } },
                disposeHandler: true)
            {
                Timeout = Timeout.InfiniteTimeSpan,
            };
            http.DefaultRequestHeaders.UserAgent.ParseAdd("searchcluster");
            var download = new Download(http, context.Environment.Clock);
            foreach (var file in set.Files)
            {
                var path = Path.Combine(folder, file.Name);
                if (!Download.IsWhole(file, path))
                {
                    var addresses = (from is null ? set.Addresses.Select(address => new Uri(address)) : [from])
                        .Select(address => new Uri(address, file.Name))
                        .ToList();
                    origin = await ByteProgress.RunAsync(
                        context, file.Name, tell => download.RunAsync(file, addresses, path, tell, context.Cancellation));
                }
            }

            var source = set.Files.Count == 1 ? Path.Combine(folder, set.Files[0].Name) : folder;
            var manifest = ManifestReading.Read(source, null, context.Cancellation);
            return context.DataRegistry.Add(
                set.Name,
                source,
                manifest,
                set.Format,
                context.Now,
                (origin is null ? from : new Uri(origin, "."))?.ToString() ?? set.Addresses[0],
                set.Licence);
        }
        catch (DownloadException refused)
        {
            if (!Directory.EnumerateFileSystemEntries(folder).Any())
            {
                Directory.Delete(folder);
            }

            throw new CliException(
                ExitCodes.Unreachable,
                $"Data set {set.Name} was not fetched: {SafeText.Of(refused.Message)}.",
                $"try again later (what has arrived is kept), or take it from a mirror: searchcluster data fetch {set.Name} --from URL",
                DataCodes.NotFetched);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            throw new CliException(
                ExitCodes.NotFound,
                $"Data set {set.Name} cannot be written to {SafeText.Of(folder)}: {SafeText.Of(refused.Message)}",
                "make room, or choose another folder with --state DIR",
                DataCodes.FetchUnwritable);
        }
    }
}
