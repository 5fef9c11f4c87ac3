using System.Net.Http.Headers;
using System.Text.Json;
using SearchCluster.Contracts.Wire;
using SearchCluster.Hosting.Membership;
using SearchCluster.Security;
using SearchCluster.Security.Authorities;
using SearchCluster.Security.Identities;
using SearchCluster.Security.Joining;

namespace SearchCluster.Coordinator.Tests.Http;

/// <summary>Machines join over HTTP, with a token for joining in the place of that of the API.</summary>
public sealed class JoinApiTests : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private readonly TemporaryFolder _machine = new();
    private TestCoordinator _coordinator = null!;
    private HttpClient _stranger = null!;

    private string AuthorityFolder => Path.Combine(_folder.Path, CertificateAuthority.FolderName);

    private string IdentityFolder => Path.Combine(_machine.Path, NodeIdentity.FolderName);

    public async ValueTask InitializeAsync()
    {
        _coordinator = await TestCoordinator.StartAsync(_folder.Path);
        _stranger = new HttpClient { BaseAddress = _coordinator.Client.BaseAddress };
    }

    public async ValueTask DisposeAsync()
    {
        _stranger.Dispose();
        await _coordinator.DisposeAsync();
        _folder.Dispose();
        _machine.Dispose();
    }

    [Fact]
    public async Task A_machine_joins_without_a_file_copied_by_hand_and_renews_by_its_key()
    {
        var token = Token();

        var response = await _stranger.GetAsync("/join/authority");
        var authority = await response.Content.ReadAsStringAsync();
        response.Headers.GetValues(JoinClient.VersionHeader).ShouldBe([ProductVersion.Current]);
        response.Headers.Date.ShouldNotBeNull();
        using var shown = System.Security.Cryptography.X509Certificates.X509Certificate2.CreateFromPem(authority);
        token.IsFor(Convert.ToHexStringLower(shown.GetCertHash(System.Security.Cryptography.HashAlgorithmName.SHA256))).ShouldBeTrue();

        var request = SigningRequest.Create(IdentityFolder, "lab2");
        var grant = await GrantAsync(await PostAsync("/join/certificate", new JoinRequest(request.Pem, "lab2", ["10.0.0.6"]), token.Value));
        request.Accept(grant.Certificate, grant.Authorities);

        (grant.Name, grant.Role, grant.Version, grant.ClusterAddress).ShouldBe(("lab2", "worker", ProductVersion.Current, null));
        grant.Authorities.ShouldBe(authority);
        var member = NodeIdentity.Find(IdentityFolder, TimeProvider.System).ShouldNotBeNull();
        (member.Name, member.Role).ShouldBe(("lab2", NodeRole.Worker));
        var (before, next) = (member.Serial, SigningRequest.Create(IdentityFolder, "lab2"));
        var renewed = await GrantAsync(await PostAsync("/join/renewal", new RenewalRequest(
            member.Certificate.ExportCertificatePem(), next.Pem, Convert.ToBase64String(member.SignRenewal(next.Pem)))));
        next.Accept(renewed.Certificate, renewed.Authorities);
        member.Serial.ShouldNotBe(before);
        member.Hosts.ShouldBe(["10.0.0.6"]);
    }

    [Fact]
    public async Task Without_an_authority_nobody_can_join_until_there_is_one()
    {
        await ShouldBeAsync(await _stranger.GetAsync("/join/authority"), 404, SecurityCodes.AuthorityUnusable);
        await ShouldBeAsync(await PostAsync("/join/certificate", Request()), 404, SecurityCodes.AuthorityUnusable);
        await ShouldBeAsync(await PostAsync("/join/renewal", new RenewalRequest("", "", "")), 404, SecurityCodes.AuthorityUnusable);

        Token();

        (await _stranger.GetAsync("/join/authority")).StatusCode.ShouldBe(System.Net.HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_token_that_is_none_and_one_that_is_used_up_are_told()
    {
        var token = Token();
        await GrantAsync(await PostAsync("/join/certificate", Request(), token.Value));

        (await ShouldBeAsync(await PostAsync("/join/certificate", Request(), token.Value), 401, SecurityCodes.TokenRefused))
            .Detail!.ShouldStartWith($"The token {token.Id} is used up: it was made for 1 use.");
        (await ShouldBeAsync(await PostAsync("/join/certificate", Request()), 401, SecurityCodes.TokenRefused))
            .Detail!.ShouldStartWith("This is no token for joining a cluster:");
        (await ShouldBeAsync(await PostAsync("/join/certificate", Request(), token.Value[..^1]), 401, SecurityCodes.TokenRefused))
            .Detail!.ShouldStartWith("The token for joining is mistyped or cut off:");
    }

    [Fact]
    public async Task The_token_of_the_api_lets_no_machine_join()
    {
        Token();

        var api = _coordinator.Client.DefaultRequestHeaders.Authorization!.Parameter;

        await ShouldBeAsync(await PostAsync("/join/certificate", Request(), api), 401, SecurityCodes.TokenRefused);
    }

    [Fact]
    public async Task A_token_for_joining_opens_no_other_route()
    {
        var token = Token();
        _stranger.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token.Value);

        await ShouldBeAsync(await _stranger.GetAsync("/api/v1/searches"), 401, ProblemCodes.Unauthenticated);
    }

    [Fact]
    public async Task What_is_no_signing_request_and_what_is_no_host_is_told_and_uses_up_nothing()
    {
        var token = Token();

        await ShouldBeAsync(
            await PostAsync("/join/certificate", Request() with { Request = "hello" }, token.Value), 422, SecurityCodes.NotCertified);
        await ShouldBeAsync(
            await PostAsync("/join/certificate", Request() with { Hosts = ["*.lab"] }, token.Value), 422, SecurityCodes.NotCertified);
        await ShouldBeAsync(
            await PostAsync("/join/certificate", Request() with { Name = "lab 2" }, token.Value), 422, SecurityCodes.NotCertified);

        await GrantAsync(await PostAsync("/join/certificate", Request(), token.Value));
    }

    [Fact]
    public async Task A_certificate_of_another_cluster_is_not_renewed()
    {
        Token();
        using var other = CertificateAuthority.Create(Path.Combine(_machine.Path, "other"), TimeProvider.System, "other");
        var request = SigningRequest.Create(IdentityFolder, "lab2");
        request.Accept(other.Issue(request.Pem, "lab2", NodeRole.Worker, []), other.CertificateText);
        var member = NodeIdentity.Find(IdentityFolder, TimeProvider.System).ShouldNotBeNull();

        var renewal = new RenewalRequest(
            member.Certificate.ExportCertificatePem(), request.Pem, Convert.ToBase64String(member.SignRenewal(request.Pem)));

        await ShouldBeAsync(await PostAsync("/join/renewal", renewal), 401, SecurityCodes.NotRenewed);
        await ShouldBeAsync(
            await PostAsync("/join/renewal", renewal with { Signature = "-" }), 400, ProblemCodes.MalformedParameter);
    }

    [Fact]
    public async Task After_ten_attempts_that_failed_an_address_waits_also_with_the_right_token()
    {
        var token = Token();
        for (var i = 0; i < 10; i++)
        {
            await ShouldBeAsync(await PostAsync("/join/certificate", Request(), "scj1.guess"), 401, SecurityCodes.TokenRefused);
        }

        var refused = await PostAsync("/join/certificate", Request(), token.Value);

        refused.Headers.RetryAfter!.ToString().ShouldBe("60");
        await ShouldBeAsync(refused, 429, SecurityCodes.TooManyAttempts);
        (await _stranger.GetAsync("/join/authority")).StatusCode.ShouldBe(System.Net.HttpStatusCode.OK);
    }

    [Fact]
    public async Task An_authority_that_cannot_be_used_tells_strangers_no_path()
    {
        Token();
        File.WriteAllText(Path.Combine(AuthorityFolder, "ca.key"), "hello");

        var problem = await ShouldBeAsync(await _stranger.GetAsync("/join/authority"), 503, SecurityCodes.AuthorityUnusable);

        problem.Detail!.ShouldNotContain(_folder.Path);
    }

    [Fact]
    public async Task Bodies_and_queries_are_read_as_strictly_as_elsewhere()
    {
        Token();
        using var text = new StringContent("{}", System.Text.Encoding.UTF8, "text/plain");
        using var unknown = new StringContent("{\"nam\":\"x\"}", System.Text.Encoding.UTF8, "application/json");
        using var large = new StringContent($"\"{new string('a', 1_100_000)}\"", System.Text.Encoding.UTF8, "application/json");
        using var request = new HttpRequestMessage(HttpMethod.Post, "/join/renewal") { Content = large };
        request.Headers.ExpectContinue = true;

        await ShouldBeAsync(await _stranger.PostAsync("/join/certificate", text), 415, ProblemCodes.NotJson);
        await ShouldBeAsync(await _stranger.PostAsync("/join/renewal", unknown), 400, ProblemCodes.MalformedBody);
        await ShouldBeAsync(await _stranger.SendAsync(request), 413, ProblemCodes.BodyTooLarge);
        await ShouldBeAsync(await _stranger.GetAsync("/join/authority?name=x"), 400, ProblemCodes.MalformedParameter);
        await ShouldBeAsync(await _stranger.GetAsync("/join/authority?token=x"), 400, ProblemCodes.TokenInUrl);
    }

    private JoinToken Token()
    {
        using var authority = CertificateAuthority.OpenOrCreate(AuthorityFolder, TimeProvider.System, "lab");
        return new JoinTokens(authority, TimeProvider.System).Create(NodeRole.Worker, TimeSpan.FromHours(1), 1);
    }

    private JoinRequest Request() => new(SigningRequest.Create(IdentityFolder, "lab2").Pem, "lab2", ["10.0.0.6"]);

    private async Task<HttpResponseMessage> PostAsync<T>(string path, T body, string? token = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path)
        {
            Content = new StringContent(
                JsonSerializer.Serialize(body, ContractsJsonContext.Default.GetTypeInfo(typeof(T))!),
                System.Text.Encoding.UTF8,
                "application/json"),
        };
        request.Headers.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
        return await _stranger.SendAsync(request);
    }

    private static async Task<JoinGrant> GrantAsync(HttpResponseMessage response)
    {
        response.StatusCode.ShouldBe(System.Net.HttpStatusCode.OK, await response.Content.ReadAsStringAsync());
        return await TestCoordinator.ReadAsync<JoinGrant>(response);
    }

    private static async Task<ApiProblem> ShouldBeAsync(HttpResponseMessage response, int status, string code)
    {
        var text = await response.Content.ReadAsStringAsync();
        ((int)response.StatusCode).ShouldBe(status, text);
        var problem = await TestCoordinator.ReadAsync<ApiProblem>(response);
        (problem.Status, problem.Code).ShouldBe((status, code), text);
        return problem;
    }
}
