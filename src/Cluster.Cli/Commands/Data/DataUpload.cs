using System.Globalization;
using System.Text;
using SearchCluster.Artifacts;
using SearchCluster.Artifacts.Data;
using SearchCluster.Artifacts.Http;
using SearchCluster.Cli.Connection;
using SearchCluster.Cli.Failures;
using SearchCluster.Cli.Fetching;
using SearchCluster.Cli.Invocation;
using SearchCluster.Cli.Json.Searches;
using SearchCluster.Cli.Specs;
using SearchCluster.Contracts.Api;
using SearchCluster.Contracts.Storage;
using SearchCluster.Models.Data.Files;

namespace SearchCluster.Cli.Commands.Data;

/// <summary>Sends the data of a spec to the coordinator, from where the workers get them: <c>submit --upload</c>.</summary>
internal static class DataUpload
{
    private const int FilesAtOnce = 4;
    private const int NameDigits = 12;
    private const int LongestStem = 40;
    private const string Source = "data.source";
    private const string Hash = "data.sha256";

    /// <summary>Sends what the coordinator does not have.</summary>
    /// <param name="context">The command.</param>
    /// <param name="connection">The coordinator.</param>
    /// <param name="input">The spec as it was given.</param>
    /// <param name="spec">The same, read: its paths are those of this machine, and its data can be used.</param>
    /// <returns>The spec with the data's name at the coordinator, and what was sent; null where it names no data of this machine.</returns>
    /// <exception cref="CliException">The data cannot be used, or cannot be sent.</exception>
    public static async Task<(SpecInput Input, UploadJson Sent)?> SendAsync(
        CommandContext context, ISearchConnection connection, SpecInput input, SearchSpec spec)
    {
        if (spec.Data is not { } data || context.Workloads.Vocabulary.DataSets.Contains(data.Source))
        {
            context.Output.Note("The spec names no data of this machine, so there is nothing to upload.");
            return null;
        }

        var local = await DataInputs.GuardAsync(() => Task.FromResult(context.DataRegistry.Resolve(data)));
        var isFolder = Directory.Exists(local.Source);
        var stem = Stem(data.RegisteredName ?? Path.GetFileNameWithoutExtension(Path.TrimEndingDirectorySeparator(local.Source)));
        var manifest = await DataInputs.GuardAsync(() => DataInputs.HashAsync(context, stem, local.Source));
        var hash = manifest.HashOf(isFolder);
        Require(manifest, local.Source);
        var offer = new DataOffer($"{stem}-{hash[..NameDigits]}", HashOf(manifest.ToString()), isFolder, local.Format);
        using var store = new HttpDataStore(
            connection.Transfers ?? throw new InvalidOperationException("A live coordinator is reached over HTTP."));
        var sent = await GuardAsync(() => OfferAsync(context, store, offer, manifest, local.Source, isFolder));
        context.Output.Note(string.Create(
            CultureInfo.InvariantCulture,
            $"Data set {sent.Name} is at {connection.Place}: {Counted.Of(manifest.Files.Count, "file")}, "
                + $"{ByteSize.Format(manifest.Bytes)}, of which {ByteSize.Format(sent.SentBytes)} were sent now."));
        return (Named(input, sent), sent);
    }

    // Names of data sets are made of a-z, 0-9 and '-'.
    private static string Stem(string name)
    {
        var letters = name.ToLowerInvariant().Select(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) ? c : '-').ToArray();
        var stem = new string(letters.AsSpan(0, Math.Min(letters.Length, LongestStem))).Trim('-');
        return stem.Length > 0 ? stem : "data";
    }

    private static string HashOf(string text) =>
        Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    private static void Require(DataManifest manifest, string source)
    {
        if (manifest.UnsafePath() is { } path)
        {
            throw new CliException(
                ExitCodes.InvalidInput,
                $"'{SafeText.Of(source)}' cannot be sent: other machines cannot have its file '{SafeText.Of(path)}'.",
                ErrorCatalog.Find(DataCodes.UnsafePath)?.NextStep,
                DataCodes.UnsafePath);
        }

        if (manifest.Files.FirstOrDefault(file => file.Bytes > ArtifactLimits.Bytes) is { } large)
        {
            throw new CliException(
                ExitCodes.InvalidInput,
                $"'{SafeText.Of(large.Path)}' of '{SafeText.Of(source)}' has {ByteSize.Format(large.Bytes)} (SHA-256 {large.Sha256}), but "
                    + $"a file that is sent may have {ByteSize.Format(ArtifactLimits.Bytes)}.",
                "divide it, or copy it to the workers and name its path there",
                ModelCodes.ArtifactTooLarge);
        }
    }

    private static async Task<UploadJson> OfferAsync(
        CommandContext context, HttpDataStore store, DataOffer offer, DataManifest manifest, string source, bool isFolder)
    {
        var answer = await store.OfferAsync(offer, context.Cancellation);
        if (answer.Missing.Contains(offer.List))
        {
            await store.SendAsync(Encoding.UTF8.GetBytes(manifest.ToString()), offer.List, context.Cancellation);
            answer = await store.OfferAsync(offer, context.Cancellation);
        }

        var missing = answer.Missing.ToHashSet(StringComparer.Ordinal);
        var files = manifest.Files.Where(file => missing.Contains(file.Sha256)).DistinctBy(file => file.Sha256).ToList();
        var total = files.Sum(file => file.Bytes);
        if (files.Count > 0)
        {
            await ByteProgress.RunAsync(
                context, $"Sending {offer.Name}", tell => SendAsync(context, store, files, source, isFolder, done => tell(done, total)));
            answer = await store.OfferAsync(offer, context.Cancellation);
        }

        return answer is { Missing.Count: 0, Sha256: { } sha256 }
            ? new(answer.Name, sha256, manifest.Files.Count, manifest.Bytes, total)
            : throw new CliException(
                ExitCodes.Conflict,
                $"The coordinator still misses {Counted.Of(answer.Missing.Count, "file")} of '{SafeText.Of(source)}', the first with "
                    + $"SHA-256 {SafeText.Of(answer.Missing.Count > 0 ? answer.Missing[0] : "?")}: somebody removed them there meanwhile.",
                "run the same command again",
                ProblemCodes.NotUnderstood);
    }

    private static async Task<bool> SendAsync(
        CommandContext context, HttpDataStore store, List<DataFile> files, string source, bool isFolder, Action<long> tell)
    {
        var gate = new Lock();
        var done = 0L;
        await Parallel.ForEachAsync(
            files,
            new ParallelOptions { MaxDegreeOfParallelism = FilesAtOnce, CancellationToken = context.Cancellation },
            async (file, token) =>
            {
                var path = isFolder ? Path.Combine(source, file.Path) : source;
                RegularFile.Require(path);
                await using var content = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete);
                var before = 0L;
                await store.SendAsync(content, file.Sha256, Progress, token);

                void Progress(long received)
                {
                    lock (gate)
                    {
                        (done, before) = (done + received - before, received);
                        tell(done);
                    }
                }
            });
        return true;
    }

    private static SpecInput Named(SpecInput input, UploadJson sent) => input with
    {
        Overrides = Named(input.Overrides, sent),
        AsGiven = input.AsGiven is { } given ? Named(given, sent) : null,
    };

    private static ValueMap<string> Named(ValueMap<string> overrides, UploadJson sent) =>
        new(new SortedDictionary<string, string>(new Dictionary<string, string>(overrides), StringComparer.Ordinal)
        {
            [Source] = DataSpec.RegisteredPrefix + sent.Name,
            [Hash] = sent.Sha256,
        });

    private static async Task<T> GuardAsync<T>(Func<Task<T>> sendAsync)
    {
        try
        {
            return await sendAsync();
        }
        catch (ArtifactException refused)
        {
            throw ArtifactFailure.Of(refused);
        }
        catch (StorageTroubleException trouble)
        {
            throw TransferFailure.Of(trouble, "run the same command again: what has arrived is not sent again");
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            throw new CliException(ExitCodes.NotFound, unreadable.Message, null, DataCodes.CannotOpen);
        }
    }
}
