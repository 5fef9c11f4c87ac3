using System.Net;
using System.Security.Cryptography;
using System.Text;
using SearchCluster.Artifacts;
using SearchCluster.Artifacts.Data;
using SearchCluster.Artifacts.Http;
using SearchCluster.Hosting.State;

namespace SearchCluster.Coordinator.Tests.Http.Transfers;

/// <summary>Data sets to a coordinator and from it, over connections that are cut.</summary>
public sealed class DataTransferTests : IDisposable
{
    private const int Cuts = 10;

    private readonly TemporaryFolder _folder = new();
    private readonly TemporaryFolder _here = new();

    public void Dispose()
    {
        _folder.Dispose();
        _here.Dispose();
    }

    [Fact]
    public async Task A_data_set_arrives_once_and_right_in_both_directions_over_connections_that_are_cut()
    {
        await using var coordinator = await TestCoordinator.StartAsync(_folder.Path);
        var content = Content(4 << 20);
        await using (var proxy = new CuttingProxy(new Uri(coordinator.Ready.Url).Port, Cuts, bytesBetweenCuts: 250_000))
        {
            using var sender = Store(() => proxy.Url);
            (await SendAsync(sender, "big", content)).Missing.ShouldBeEmpty();
            proxy.Cuts.ShouldBe(Cuts);
        }

        await using var way = new CuttingProxy(new Uri(coordinator.Ready.Url).Port, Cuts, bytesBetweenCuts: 250_000);
        using var fetcher = Store(() => way.Url);
        var data = (await fetcher.FindAsync("big", Cancellation)).ShouldNotBeNull();
        var target = Path.Combine(_here.Path, "big.bin");
        var came = 0L;
        await fetcher.FetchAsync(data, data.Files[0], target, bytes => came += bytes, Cancellation);

        way.Cuts.ShouldBe(Cuts);
        came.ShouldBe(content.Length);
        (await File.ReadAllBytesAsync(target, Cancellation)).AsSpan().SequenceEqual(content).ShouldBeTrue();
        (await SendAsync(fetcher, "again", content)).Name.ShouldBe("big", "what is there is not sent again");
    }

    [Fact]
    public async Task Data_that_changed_after_they_were_registered_are_not_handed_out()
    {
        await using var coordinator = await TestCoordinator.StartAsync(_folder.Path);
        using var store = Store(() => new Uri(coordinator.Ready.Url));
        await SendAsync(store, "rows", [1, 2, 3]);
        var data = (await store.FindAsync("rows", Cancellation)).ShouldNotBeNull();
        File.WriteAllBytes(Path.Combine(_folder.Path, "data", "rows", "rows.bin"), [3, 2, 1]);

        var refused = await Should.ThrowAsync<ArtifactException>(
            () => store.FetchAsync(data, data.Files[0], Path.Combine(_here.Path, "x"), cancellation: Cancellation));

        refused.Code.ShouldBe(DataCodes.OtherBytes);
        refused.Message.ShouldContain(data.Files[0].Sha256);
        (await store.FindAsync("none", Cancellation)).ShouldBeNull();
    }

    [Theory]
    [InlineData("../../token")]
    [InlineData("/etc/x")]
    public async Task A_coordinator_that_runs_wild_writes_nothing_elsewhere(string path)
    {
        await using var coordinator = await TestCoordinator.StartAsync(_folder.Path);
        var catalog = new DataCatalog(_folder.Path);
        var manifest = new DataManifest([new(path, 1, Hash([1]))]);
        Directory.CreateDirectory(Path.Combine(_here.Path, "wild"));
        catalog.Write(
            new("wild", Path.Combine(_here.Path, "wild"), null, manifest.HashOf(true), 1, 1, DateTimeOffset.UnixEpoch, DateTime.UnixEpoch),
            manifest);
        using var store = Store(() => new Uri(coordinator.Ready.Url));

        (await Should.ThrowAsync<ArtifactException>(() => store.FindAsync("wild", Cancellation))).Code.ShouldBe(DataCodes.UnsafePath);
    }

    [Fact]
    public async Task Nobody_without_a_token_gets_or_brings_data()
    {
        await using var coordinator = await TestCoordinator.StartAsync(_folder.Path);
        using var anonymous = new HttpClient { BaseAddress = coordinator.Client.BaseAddress };
        using var body = new StringContent("{}", Encoding.UTF8, "application/json");

        (await anonymous.GetAsync("/api/v1/datasets/rows")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await anonymous.PostAsync("/api/v1/datasets", body)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await anonymous.PostAsync("/api/v1/data-uploads", body)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static string Hash(byte[] content) => Convert.ToHexStringLower(SHA256.HashData(content));

    private static byte[] Content(int bytes)
    {
        var content = new byte[bytes];
        for (var i = 0; i < bytes; i++)
        {
            content[i] = (byte)((i * 31) ^ (i >> 8));
        }

        return content;
    }

    private async Task<DataOfferView> SendAsync(HttpDataStore store, string name, byte[] content)
    {
        var list = Encoding.UTF8.GetBytes(new DataManifest([new(name + ".bin", content.Length, Hash(content))]).ToString());
        if (name == "again")
        {
            list = Encoding.UTF8.GetBytes(new DataManifest([new("big.bin", content.Length, Hash(content))]).ToString());
        }

        var offer = new DataOffer(name, Hash(list), IsFolder: false);
        for (var answer = await store.OfferAsync(offer, Cancellation); ; answer = await store.OfferAsync(offer, Cancellation))
        {
            if (answer.Missing.Count == 0)
            {
                return answer;
            }

            foreach (var missing in answer.Missing)
            {
                await store.SendAsync(missing == offer.List ? list : content, missing, Cancellation);
            }
        }
    }

    private HttpDataStore Store(Func<Uri> url) => new(new()
    {
        Address = url,
        Token = () => AccessToken.TryLoad(StateFolder.Resolve(_folder.Path))?.Value,
        ScratchFolder = _here.Path,
        PartBytes = 1 << 20,
    });
}
