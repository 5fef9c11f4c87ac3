using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using SearchCluster.Artifacts.Data;
using SearchCluster.Contracts.Wire;

namespace SearchCluster.Coordinator.Tests.Http.Transfers;

/// <summary>Requests that the routes of data refuse, one for each status.</summary>
internal sealed class DataProvocation
{
    private const string Sets = "/api/v1/datasets";
    private const string Uploads = "/api/v1/data-uploads";
    private const string There = "there";
    private const string Changed = "changed";
    private const string Damaged = "damaged";
    private static readonly byte[] Content = [1, 2, 3];
    private static readonly byte[] List = Encoding.UTF8.GetBytes($"{Hash(Content)}  x.bin\n");

    private readonly TestCoordinator _coordinator;

    private DataProvocation(TestCoordinator coordinator) => _coordinator = coordinator;

    public static async Task<DataProvocation> PrepareAsync(TestCoordinator coordinator)
    {
        var data = new DataProvocation(coordinator);
        foreach (var name in (string[])[There, Changed, Damaged])
        {
            // Of three names for the same files the first would be kept.
            var list = Encoding.UTF8.GetBytes($"{Hash(Content)}  {name}.bin\n");
            await data.SendAsync(list);
            await data.SendAsync(Content);
            (await coordinator.PostAsync(Sets, new DataOffer(name, Hash(list), false))).EnsureSuccessStatusCode();
        }

        var folder = new DataCatalog(coordinator.Folder.Root).Folder;
        await File.WriteAllBytesAsync(Path.Combine(folder, Changed, Changed + ".bin"), [3, 2, 1]);
        return data;
    }

    /// <summary>Makes the request; null where that of other routes does.</summary>
    public async Task<HttpRequestMessage?> TryProvokeAsync(string route, int status)
    {
        var (method, path) = (new HttpMethod(route.Split(' ')[0]), route.Split(' ')[1]);
        var file = $"{Sets}/{There}/files?sha256={Hash(Content)}";
        return (path, status) switch
        {
            (Sets + "/{name}", 409) => DamagedSet(new(method, $"{Sets}/{Damaged}")),
            (Sets + "/{name}/files", 404) => new(method, $"{Sets}/{There}/files?sha256={new string('0', 64)}"),
            (Sets + "/{name}/files", 409) => new(method, $"{Sets}/{Changed}/files?sha256={Hash(Content)}"),
            (Sets + "/{name}/files", 412) => With(new(method, file), headers => headers.IfMatch.Add(new("\"other\""))),
            (Sets + "/{name}/files", 416) => With(new(method, file), headers => headers.Range = new RangeHeaderValue(10, null)),
            (Sets, 409) => await OfferedAsync(List, There),
            (Sets, 422) => await OfferedAsync(Encoding.UTF8.GetBytes("none"), "none"),
            (Uploads + "/{name}", 404) when method == HttpMethod.Put => new(method, Uploads + "/none") { Content = Bytes(1) },
            (Uploads + "/{name}", 409) => new(method, $"{Uploads}/{await BeginAsync()}?offset=2") { Content = Bytes(1) },
            (Uploads + "/{name}", 413) => new(method, $"{Uploads}/{await BeginAsync()}") { Content = Bytes(4) },
            (Uploads + "/{name}/complete", 409) => new(method, $"{Uploads}/{await BeginAsync()}/complete"),
            (Uploads + "/{name}/complete", 422) => new(method, $"{Uploads}/{await BeginAsync(Bytes(3))}/complete"),
            _ => null,
        };
    }

    private static string Hash(byte[] content) => Convert.ToHexStringLower(SHA256.HashData(content));

    private static ByteArrayContent Bytes(int count) => new(new byte[count]);

    private static HttpRequestMessage With(HttpRequestMessage request, Action<HttpRequestHeaders> change)
    {
        change(request.Headers);
        return request;
    }

    // Last, since offers look at all registrations.
    private HttpRequestMessage DamagedSet(HttpRequestMessage request)
    {
        File.Delete(Path.Combine(new DataCatalog(_coordinator.Folder.Root).Folder, Damaged + ".sha256"));
        return request;
    }

    private async Task<HttpRequestMessage> OfferedAsync(byte[] list, string name)
    {
        await SendAsync(list);
        await SendAsync(Content);
        return new(HttpMethod.Post, Sets)
        {
            Content = JsonContent.Create(new DataOffer(name, Hash(list), false), HttpJson.Writing<DataOffer>()),
        };
    }

    private async Task SendAsync(byte[] content)
    {
        var upload = await BeginAsync(new ByteArrayContent(content), content);
        (await _coordinator.Client.PostAsync($"{Uploads}/{upload}/complete", null)).EnsureSuccessStatusCode();
    }

    private async Task<string> BeginAsync(HttpContent? part = null, byte[]? whole = null)
    {
        var hash = Hash(whole ?? Content);
        var begun = await _coordinator.PostAsync(Uploads, new UploadRequest(hash, (whole ?? Content).Length, hash));
        var upload = (await TestCoordinator.ReadAsync<UploadView>(begun)).Upload;
        if (part is not null)
        {
            await _coordinator.Client.PutAsync($"{Uploads}/{upload}?offset=0", part);
        }

        return upload;
    }
}
