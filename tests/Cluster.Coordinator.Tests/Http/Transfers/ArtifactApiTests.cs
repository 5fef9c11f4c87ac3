using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using SearchCluster.Artifacts;

namespace SearchCluster.Coordinator.Tests.Http.Transfers;

/// <summary>What the routes answer to a client that is none of ours.</summary>
public sealed class ArtifactApiTests : IDisposable
{
    private const string Checkpoint = "searches/digits/trials/0003/checkpoint.scc";
    private static readonly byte[] Content = [1, 2, 3, 4, 5, 6];

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task An_artifact_is_read_in_ranges_with_its_hash_as_tag()
    {
        await using var coordinator = await TestCoordinator.StartAsync(_folder.Path);
        new FolderArtifactStore(_folder.Path).Write(Checkpoint, stream => stream.Write(Content));
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/artifacts?path=" + Checkpoint);
        request.Headers.Range = new RangeHeaderValue(2, 3);

        var part = await coordinator.Client.SendAsync(request);

        part.StatusCode.ShouldBe(HttpStatusCode.PartialContent);
        part.Headers.ETag!.Tag.ShouldBe($"\"{Hash}\"");
        part.Content.Headers.ContentType!.MediaType.ShouldBe("application/octet-stream");
        (await part.Content.ReadAsByteArrayAsync()).ShouldBe([3, 4]);
        (await coordinator.GetAsync<ArtifactView>("/api/v1/artifacts/info?path=" + Checkpoint)).Bytes.ShouldBe(6);
    }

    [Fact]
    public async Task What_lies_in_a_folder_is_listed_with_hashes_and_what_lies_below_it_is_not()
    {
        await using var coordinator = await TestCoordinator.StartAsync(_folder.Path);
        var store = new FolderArtifactStore(_folder.Path);
        foreach (var name in (string[])["b.scm", "a.json", "below/c.scm"])
        {
            store.Write("searches/digits/ensemble/" + name, stream => stream.Write(Content));
        }

        await File.WriteAllBytesAsync(
            Path.Combine(_folder.Path, "searches/digits/ensemble/.a.tmp"), Content, TestContext.Current.CancellationToken);

        var list = await coordinator.GetAsync<ArtifactList>("/api/v1/artifacts/files?path=searches/digits/ensemble");
        var one = await coordinator.GetAsync<ArtifactList>("/api/v1/artifacts/files?path=searches/digits/ensemble/b.scm");

        list.IsFolder.ShouldBeTrue();
        list.Files.ShouldBe([new("a.json", Content.Length, Hash), new("b.scm", Content.Length, Hash)]);
        one.IsFolder.ShouldBeFalse();
        one.Files.ShouldBe([new("b.scm", Content.Length, Hash)]);
    }

    [Theory]
    [InlineData("token")]
    [InlineData("cluster.key")]
    [InlineData("journal.db")]
    [InlineData("searches")]
    [InlineData("searches/../token")]
    [InlineData("searches/digits/.leases/trial-3/5/x")]
    [InlineData("")]
    [InlineData(null)]
    public async Task Nothing_beside_the_searches_is_read_written_or_deleted(string? path)
    {
        await using var coordinator = await TestCoordinator.StartAsync(_folder.Path);
        var query = path is null ? "" : "?path=" + Uri.EscapeDataString(path);
        HttpResponseMessage[] answers =
        [
            await coordinator.Client.GetAsync("/api/v1/artifacts" + query),
            await coordinator.Client.GetAsync("/api/v1/artifacts/info" + query),
            await coordinator.Client.GetAsync("/api/v1/artifacts/files" + query),
            await coordinator.Client.DeleteAsync("/api/v1/artifacts" + query),
            await coordinator.PostAsync("/api/v1/artifacts/uploads", new UploadRequest(path ?? "", 6, Hash)),
        ];

        foreach (var answer in answers)
        {
            answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
            (await TestCoordinator.ReadAsync<ApiProblem>(answer)).Code.ShouldBe(ModelCodes.Path);
        }

        File.Exists(Path.Combine(_folder.Path, "token")).ShouldBeTrue();
    }

    [Fact]
    public async Task What_is_not_there_is_told_from_what_is_asked_wrongly()
    {
        await using var coordinator = await TestCoordinator.StartAsync(_folder.Path);

        (await CodeAsync(await coordinator.Client.GetAsync("/api/v1/artifacts?path=" + Checkpoint), 404)).ShouldBe(ModelCodes.NoArtifact);
        (await CodeAsync(await coordinator.Client.GetAsync("/api/v1/artifacts/uploads/none"), 404)).ShouldBe(ModelCodes.NoUpload);
        (await CodeAsync(await PutAsync(coordinator, "none", 0, Content), 404)).ShouldBe(ModelCodes.NoUpload);
        (await CodeAsync(
            await coordinator.PostAsync("/api/v1/artifacts/uploads", new UploadRequest(Checkpoint, 6, "abc")), 400))
            .ShouldBe(ProblemCodes.MalformedParameter);
        (await CodeAsync(
            await coordinator.PostAsync("/api/v1/artifacts/leases", new LeaseKey(new("digits"), WorkItem.Ensemble, 1, 0)), 400))
            .ShouldBe(ProblemCodes.MalformedParameter);
    }

    [Fact]
    public async Task A_part_at_the_wrong_place_is_refused_and_told_where_to_go_on()
    {
        await using var coordinator = await TestCoordinator.StartAsync(_folder.Path);
        var upload = await BeginAsync(coordinator, new(Checkpoint, 6, Hash));
        (await PutAsync(coordinator, upload, 0, Content[..2])).StatusCode.ShouldBe(HttpStatusCode.OK);

        (await CodeAsync(await PutAsync(coordinator, upload, 3, Content[3..]), 409)).ShouldBe(ModelCodes.UploadOffset);
        (await CodeAsync(await CompleteAsync(coordinator, upload), 409)).ShouldBe(ModelCodes.UploadOffset);

        (await coordinator.GetAsync<UploadView>("/api/v1/artifacts/uploads/" + upload)).Received.ShouldBe(2);
        await PutAsync(coordinator, upload, 2, Content[2..]);
        (await CompleteAsync(coordinator, upload)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await coordinator.Client.GetByteArrayAsync("/api/v1/artifacts?path=" + Checkpoint)).ShouldBe(Content);
    }

    [Fact]
    public async Task Other_content_and_more_content_than_announced_get_no_name()
    {
        await using var coordinator = await TestCoordinator.StartAsync(_folder.Path);
        var other = await BeginAsync(coordinator, new(Checkpoint, 6, Hash));
        await PutAsync(coordinator, other, 0, [6, 5, 4, 3, 2, 1]);
        (await CodeAsync(await CompleteAsync(coordinator, other), 422)).ShouldBe(ModelCodes.OtherContent);

        var more = await BeginAsync(coordinator, new(Checkpoint, 6, Hash));
        (await CodeAsync(await PutAsync(coordinator, more, 0, [.. Content, 7]), 413)).ShouldBe(ProblemCodes.BodyTooLarge);
        (await CodeAsync(
            await coordinator.PostAsync(
                "/api/v1/artifacts/uploads", new UploadRequest(Checkpoint, ArtifactLimits.Bytes + 1, Hash)), 413))
            .ShouldBe(ModelCodes.ArtifactTooLarge);

        (await coordinator.Client.GetAsync("/api/v1/artifacts/info?path=" + Checkpoint)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_lease_that_was_passed_begins_and_writes_nothing()
    {
        await using var coordinator = await TestCoordinator.StartAsync(_folder.Path);
        var lease = new LeaseKey(new("digits"), WorkItem.Trial(new(3)), 1, 5);
        (await coordinator.PostAsync("/api/v1/artifacts/leases", lease)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        var upload = await BeginAsync(coordinator, new(Checkpoint, 6, Hash, lease));
        await PutAsync(coordinator, upload, 0, Content);
        await coordinator.PostAsync("/api/v1/artifacts/leases", lease with { Fence = 6 });

        (await CodeAsync(await CompleteAsync(coordinator, upload), 409)).ShouldBe(ModelCodes.Superseded);
        (await CodeAsync(await coordinator.PostAsync("/api/v1/artifacts/leases", lease), 409)).ShouldBe(ModelCodes.Superseded);
        (await CodeAsync(
            await coordinator.PostAsync("/api/v1/artifacts/uploads", new UploadRequest(Checkpoint, 6, Hash, lease)), 409))
            .ShouldBe(ModelCodes.Superseded);
    }

    [Fact]
    public async Task Nobody_without_a_token_gets_or_brings_anything()
    {
        await using var coordinator = await TestCoordinator.StartAsync(_folder.Path);
        using var anonymous = new HttpClient { BaseAddress = coordinator.Client.BaseAddress };
        using var body = new ByteArrayContent(Content);

        (await anonymous.GetAsync("/api/v1/artifacts?path=" + Checkpoint)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await anonymous.PutAsync("/api/v1/artifacts/uploads/none?offset=0", body)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await anonymous.DeleteAsync("/api/v1/artifacts/searches/digits")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    private static string Hash => Convert.ToHexStringLower(SHA256.HashData(Content));

    private static async Task<string> BeginAsync(TestCoordinator coordinator, UploadRequest request)
    {
        var answer = await coordinator.PostAsync("/api/v1/artifacts/uploads", request);
        answer.StatusCode.ShouldBe(HttpStatusCode.Created, await answer.Content.ReadAsStringAsync());
        return (await TestCoordinator.ReadAsync<UploadView>(answer)).Upload;
    }

    private static Task<HttpResponseMessage> PutAsync(TestCoordinator coordinator, string upload, long offset, byte[] part) =>
        coordinator.Client.PutAsync($"/api/v1/artifacts/uploads/{upload}?offset={offset}", new ByteArrayContent(part));

    private static Task<HttpResponseMessage> CompleteAsync(TestCoordinator coordinator, string upload) =>
        coordinator.Client.PostAsync($"/api/v1/artifacts/uploads/{upload}/complete", null);

    private static async Task<string> CodeAsync(HttpResponseMessage answer, int status)
    {
        ((int)answer.StatusCode).ShouldBe(status, await answer.Content.ReadAsStringAsync());
        return (await TestCoordinator.ReadAsync<ApiProblem>(answer)).Code;
    }
}
