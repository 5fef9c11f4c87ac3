using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Cryptography;
using SearchCluster.Artifacts;
using SearchCluster.Contracts.Wire;

namespace SearchCluster.Coordinator.Tests.Http.Transfers;

/// <summary>Requests that the routes of artifacts refuse, one for each status.</summary>
internal sealed class ArtifactProvocation
{
    private const string Prefix = "/api/v1/artifacts";
    private const string Missing = "searches/taken/none";
    private const string There = "searches/taken/there";
    private static readonly byte[] Content = [1, 2, 3];
    private static readonly LeaseKey Superseded = new(new("taken"), WorkItem.Ensemble, 1, 1);

    private readonly TestCoordinator _coordinator;

    private ArtifactProvocation(TestCoordinator coordinator) => _coordinator = coordinator;

    public static async Task<ArtifactProvocation> PrepareAsync(TestCoordinator coordinator)
    {
        new FolderArtifactStore(coordinator.Folder.Root).Write(There, stream => stream.Write(Content));
        await coordinator.PostAsync(Prefix + "/leases", Superseded with { Fence = 2 });
        return new(coordinator);
    }

    /// <summary>Makes the request; null where that of other routes does.</summary>
    public async Task<HttpRequestMessage?> TryProvokeAsync(string route, int status)
    {
        var (method, path) = (new HttpMethod(route.Split(' ')[0]), route.Split(' ')[1]);
        return (route[(route.IndexOf(' ', StringComparison.Ordinal) + 1 + Math.Min(Prefix.Length, path.Length))..], status) switch
        {
            _ when !path.StartsWith(Prefix, StringComparison.Ordinal) => null,
            ("" or "/info" or "/files", 404) => new(method, $"{path}?path={Missing}"),
            ("", 412) => With(new(method, $"{path}?path={There}"), headers => headers.IfMatch.Add(new("\"other\""))),
            ("", 416) => With(new(method, $"{path}?path={There}"), headers => headers.Range = new RangeHeaderValue(10, null)),
            ("/searches/{name}", 404) => new(method, $"{Prefix}/searches/no%20name"),
            ("/leases", 409) => new(method, path) { Content = Json(Superseded) },
            ("/uploads", 409) => new(method, path) { Content = Json(Request() with { Lease = Superseded }) },
            ("/uploads/{name}", 404) when method == HttpMethod.Put => new(method, Prefix + "/uploads/none") { Content = Bytes(1) },
            ("/uploads/{name}", 409) => new(method, $"{Prefix}/uploads/{await BeginAsync()}?offset=2") { Content = Bytes(1) },
            ("/uploads/{name}", 413) => new(method, $"{Prefix}/uploads/{await BeginAsync()}") { Content = Bytes(4) },
            ("/uploads/{name}/complete", 409) => new(method, $"{Prefix}/uploads/{await BeginAsync()}/complete"),
            ("/uploads/{name}/complete", 422) => new(method, $"{Prefix}/uploads/{await BeginAsync(Bytes(3))}/complete"),
            _ => null,
        };
    }

    private static HttpRequestMessage With(HttpRequestMessage request, Action<HttpRequestHeaders> change)
    {
        change(request.Headers);
        return request;
    }

    private static UploadRequest Request() => new("searches/taken/new", Content.Length, Convert.ToHexStringLower(SHA256.HashData(Content)));

    private static ByteArrayContent Bytes(int count) => new(new byte[count]);

    private static JsonContent Json<T>(T body) => JsonContent.Create(body, HttpJson.Writing<T>());

    private async Task<string> BeginAsync(HttpContent? other = null)
    {
        var begun = await _coordinator.PostAsync(Prefix + "/uploads", Request());
        var upload = (await TestCoordinator.ReadAsync<UploadView>(begun)).Upload;
        if (other is not null)
        {
            await _coordinator.Client.PutAsync($"{Prefix}/uploads/{upload}?offset=0", other);
        }

        return upload;
    }
}
