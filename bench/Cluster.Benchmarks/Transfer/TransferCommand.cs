using System.Globalization;
using System.Security.Cryptography;
using SearchCluster.Artifacts;
using SearchCluster.Artifacts.Http;
using SearchCluster.Benchmarks.Throughput;
using SearchCluster.Hosting.State;

namespace SearchCluster.Benchmarks.Transfer;

/// <summary>What cut connections cost a large artifact: a coordinator process, and this process as the worker that sends and fetches,
/// through a proxy that cuts at random bytes.</summary>
internal static class TransferCommand
{
    private const int Cuts = 20;
    private const int Block = 1 << 20;
    private const int Seed = 7;

    public static async Task<int> RunAsync(IReadOnlyList<string> arguments)
    {
        var megabytes = arguments is ["--mebibytes", var text] ? int.Parse(text, CultureInfo.InvariantCulture) : 1024;
        var bytes = (long)megabytes * Block;
        Console.WriteLine(
            "| direction | cuts | seconds | times the uncut | MB sent again | worker's peak MB | coordinator's peak MB | right |");
        Console.WriteLine("| --- | ---: | ---: | ---: | ---: | ---: | ---: | --- |");
        using var cluster = await TestCluster.StartAsync(workers: 0, slots: 1, keep: false);
        using var proxy = new CuttingProxy(new Uri(CoordinatorEndpoint.TryRead(cluster.State)!.Url).Port);
        var scratch = Directory.CreateTempSubdirectory("searchcluster-transfer-").FullName;
        try
        {
            using var store = new HttpArtifactStore(new HttpStoreOptions
            {
                Address = () => proxy.Address,
                Token = () => AccessToken.TryLoad(cluster.State)!.Value,
                ScratchFolder = scratch,
            });

            // The first use compiles.
            await store.WriteAsync(PathOf(0), stream => stream.Write(new byte[Block]));
            var hash = HashOf(bytes);
            double? up = null, down = null;
            foreach (var cuts in new[] { 0, Cuts })
            {
                up = await MeasureAsync(cluster, proxy, "upload", cuts, bytes, up, async () =>
                {
                    await store.WriteAsync(PathOf(1), stream => Fill(bytes, block => stream.Write(block)), ArtifactDurability.ProcessDeath);
                    var all = new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.None };
                    var files = Directory.GetFiles(cluster.Folder, "*.part", all);
                    await using var file = File.OpenRead(Path.Combine(cluster.Folder, PathOf(1)));
                    return files.Length == 0 && Convert.ToHexStringLower(await SHA256.HashDataAsync(file)) == hash;
                });
            }

            foreach (var cuts in new[] { 0, Cuts })
            {
                down = await MeasureAsync(cluster, proxy, "download", cuts, bytes, down, async () =>
                {
                    await using var read = await store.OpenReadAsync(PathOf(1));
                    return Convert.ToHexStringLower(await SHA256.HashDataAsync(read!)) == hash;
                });
            }
        }
        finally
        {
            Directory.Delete(scratch, recursive: true);
        }

        return 0;
    }

    private static string PathOf(int trial) => ArtifactPaths.Checkpoint(new SearchId("transfer"), new TrialId(trial));

    private static async Task<double> MeasureAsync(
        TestCluster cluster, CuttingProxy proxy, string direction, int cuts, long bytes, double? uncut, Func<Task<bool>> transfer)
    {
        var random = new Random(Seed);
        proxy.Begin(direction == "upload", [.. Enumerable.Range(0, cuts).Select(_ => random.NextInt64(bytes)).Order()]);
        var started = TimeProvider.System.GetTimestamp();
        var isRight = await transfer();
        var seconds = TimeProvider.System.GetElapsedTime(started).TotalSeconds;
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"| {direction} | {proxy.Made} | {seconds:F1} | {seconds / (uncut ?? seconds):F2} | {(proxy.Passed - bytes) / 1e6:F1} | "
                + $"{ProcessMemory.Of(Environment.ProcessId)?.Peak:F0} | {cluster.CoordinatorMemory?.Peak:F0} | "
                + $"{(isRight ? "yes" : "NO")} |"));
        return seconds;
    }

    private static string HashOf(long bytes)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Fill(bytes, hash.AppendData);
        return Convert.ToHexStringLower(hash.GetCurrentHash());
    }

    // The same bytes each time; they cannot be compressed.
    private static void Fill(long bytes, Action<byte[]> take)
    {
        var random = new Random(Seed);
        var block = new byte[Block];
        for (var filled = 0L; filled < bytes; filled += Block)
        {
            random.NextBytes(block);
            take(block);
        }
    }
}
