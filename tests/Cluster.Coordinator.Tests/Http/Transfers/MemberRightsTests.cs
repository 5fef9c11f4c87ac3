using System.Net;
using System.Net.Http.Json;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using Akka.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using SearchCluster.Contracts.Wire;
using SearchCluster.Hosting;
using SearchCluster.Hosting.State;
using SearchCluster.Security;
using SearchCluster.TestKit.Security;

namespace SearchCluster.Coordinator.Tests.Http.Transfers;

/// <summary>What the certificate of a worker lets it do with the artifacts of others.</summary>
[Trait("Promise", "S03")]
public sealed class MemberRightsTests : IAsyncLifetime
{
    private const string Prefix = "/api/v1/";
    private static readonly string Hash = new('0', 64);
    private static readonly (HttpStatusCode, string?) Forbidden = (HttpStatusCode.Forbidden, ProblemCodes.Forbidden);
    private static readonly (HttpStatusCode, string?) Superseded = (HttpStatusCode.Conflict, ModelCodes.Superseded);

    private readonly string _host = OwnAddress.Require();
    private readonly TestAuthority _authority = new();
    private WebApplication _app = null!;
    private HttpClient _owner = null!;
    private HttpClient _member = null!;

    public async ValueTask InitializeAsync()
    {
        _authority.Join(TestAuthority.Lab, NodeRole.Coordinator, _host);
        _app = CoordinatorApplication.Build(TestCoordinator.Options(_authority.StateOf(TestAuthority.Lab), ActorMode.Clustered) with
        {
            HttpHost = _host,
            ClusterHost = _host,
        });
        await _app.StartAsync(TestContext.Current.CancellationToken);
        var url = new Uri((await _app.Services.GetRequiredService<CoordinatorReadiness>().WhenReady.Patiently()).Url);
        _owner = Client(url, null);
        _owner.DefaultRequestHeaders.Authorization = new(
            "Bearer", AccessToken.LoadOrCreate(StateFolder.Resolve(_authority.StateOf(TestAuthority.Lab))).Value);
        _member = Client(url, _authority.Join(HoldingWorkerActor.Node, NodeRole.Worker, "10.0.0.6").Certificate);
    }

    public async ValueTask DisposeAsync()
    {
        _owner.Dispose();
        _member.Dispose();
        await _app.StopAsync(CancellationToken.None);
        await _app.DisposeAsync();
        _authority.Dispose();
    }

    [Theory]
    [InlineData("artifacts?path=searches/digits/trials/0003/model.scm")]
    [InlineData("artifacts/searches/digits")]
    public async Task Only_the_token_removes_artifacts(string address)
    {
        (await AnswerAsync(_member.DeleteAsync(Prefix + address, Cancellation))).ShouldBe(Forbidden);
        (await AnswerAsync(_owner.DeleteAsync(Prefix + address, Cancellation))).ShouldBe((HttpStatusCode.NoContent, null));
    }

    [Fact]
    public async Task Data_are_read_by_members_and_sent_by_who_has_the_token()
    {
        using var offer = JsonContent.Create(new DataOffer("rows", Hash, false), HttpJson.Writing<DataOffer>());
        using var upload = JsonContent.Create(new UploadRequest(Hash, 1, Hash), HttpJson.Writing<UploadRequest>());

        (await AnswerAsync(_member.GetAsync(Prefix + "datasets/rows", Cancellation)))
            .ShouldBe((HttpStatusCode.NotFound, DataCodes.NotRegistered));
        (await AnswerAsync(_member.PostAsync(Prefix + "datasets", offer, Cancellation))).ShouldBe(Forbidden);
        (await AnswerAsync(_member.PostAsync(Prefix + "data-uploads", upload, Cancellation))).ShouldBe(Forbidden);
        (await AnswerAsync(_owner.PostAsync(Prefix + "datasets", offer, Cancellation))).ShouldBe((HttpStatusCode.OK, null));
    }

    [Fact]
    public async Task Uploads_are_under_a_lease_and_belong_to_its_item()
    {
        var held = await LeaseAsync();
        var model = ArtifactPaths.Model(held.SearchId, held.Item.TrialId!.Value);
        var others = ArtifactPaths.Model(held.SearchId, new TrialId(held.Item.TrialId!.Value.Number + 1));

        (await UploadAsync(_member, model, held)).ShouldBe(Superseded, "it has not begun");
        (await BeginAsync(held)).ShouldBe((HttpStatusCode.NoContent, null));

        (await UploadAsync(_member, model, held)).ShouldBe((HttpStatusCode.Created, null));
        (await UploadAsync(_member, ArtifactPaths.WorkloadBuilds(held.SearchId), held)).ShouldBe((HttpStatusCode.Created, null));
        (await UploadAsync(_member, model, null)).ShouldBe(Forbidden);
        (await UploadAsync(_member, others, held)).ShouldBe(Forbidden);
        (await UploadAsync(_member, ArtifactPaths.Spec(held.SearchId), held)).ShouldBe(Forbidden);
        (await UploadAsync(_owner, others, null)).ShouldBe((HttpStatusCode.Created, null));
    }

    [Fact]
    public async Task A_lease_that_nobody_gave_passes_none()
    {
        var held = await LeaseAsync();
        var model = ArtifactPaths.Model(held.SearchId, held.Item.TrialId!.Value);
        (await BeginAsync(held)).ShouldBe((HttpStatusCode.NoContent, null));

        // Fences are counted up, so everybody knows a later one.
        (await BeginAsync(held with { Fence = held.Fence + 1 })).ShouldBe(Superseded);
        (await BeginAsync(held with { Attempt = held.Attempt + 1 })).ShouldBe(Superseded);
        (await BeginAsync(held with { Item = WorkItem.Ensemble })).ShouldBe(Superseded);
        (await BeginAsync(held with { SearchId = new("none") })).ShouldBe(Superseded);
        (await UploadAsync(_member, model, held with { Fence = held.Fence + 1 })).ShouldBe(Superseded);

        (await UploadAsync(_member, model, held)).ShouldBe((HttpStatusCode.Created, null), "the lease was not passed");
    }

    [Fact]
    public async Task A_machine_drains_its_own_workers_alone()
    {
        await LeaseAsync();
        var own = $"{Prefix}workers/{HoldingWorkerActor.Name}/drain";
        using var other = Client(_member.BaseAddress!, _authority.Join("w2", NodeRole.Worker).Certificate);

        (await AnswerAsync(other.PostAsync(own, null, Cancellation))).ShouldBe(Forbidden);
        (await AnswerAsync(other.DeleteAsync(own, Cancellation))).ShouldBe(Forbidden);
        (await AnswerAsync(_member.DeleteAsync(own, Cancellation))).ShouldBe((HttpStatusCode.OK, null));
        (await AnswerAsync(_member.DeleteAsync($"{Prefix}workers/none/drain", Cancellation))).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static HttpClient Client(Uri url, X509Certificate2? shows) => new(new SocketsHttpHandler
    {
        UseProxy = false,
        SslOptions = new SslClientAuthenticationOptions
        {
            LocalCertificateSelectionCallback = shows is null ? null : (_, _, _, _, _) => shows,
            RemoteCertificateValidationCallback = (_, _, _, _) => true,
        },
    })
    {
        BaseAddress = url,
    };

    private Task<(HttpStatusCode Status, string? Code)> BeginAsync(LeaseKey lease) => AnswerAsync(_member.PostAsync(
        Prefix + "artifacts/leases", JsonContent.Create(lease, HttpJson.Writing<LeaseKey>()), Cancellation));

    private static Task<(HttpStatusCode Status, string? Code)> UploadAsync(HttpClient client, string path, LeaseKey? lease) =>
        AnswerAsync(client.PostAsync(
            Prefix + "artifacts/uploads",
            JsonContent.Create(new UploadRequest(path, 1, Hash, lease), HttpJson.Writing<UploadRequest>()),
            Cancellation));

    private static async Task<(HttpStatusCode Status, string? Code)> AnswerAsync(Task<HttpResponseMessage> asked)
    {
        using var answer = await asked;
        return (answer.StatusCode, answer.IsSuccessStatusCode ? null : (await TestCoordinator.ReadAsync<ApiProblem>(answer)).Code);
    }

    private async Task<LeaseKey> LeaseAsync()
    {
        using var submitted = await _owner.PostAsync(
            Prefix + "searches",
            JsonContent.Create(TestCoordinator.Submission("digits"), HttpJson.Writing<SubmitRequest>()),
            Cancellation);
        submitted.StatusCode.ShouldBe(HttpStatusCode.Created);
        var manager = await _app.Services.GetRequiredService<IRequiredActor<SearchManagerKey>>().GetAsync(Cancellation);
        var taken = new TaskCompletionSource<LeaseKey>(TaskCreationOptions.RunContinuationsAsynchronously);
        _app.Services.GetRequiredService<ActorSystem>().ActorOf(Props.Create(() => new HoldingWorkerActor(manager, taken)));
        return await taken.Task.Patiently();
    }
}
