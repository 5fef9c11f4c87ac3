using System.Net;
using System.Net.Http.Json;
using Microsoft.Extensions.Time.Testing;
using SearchCluster.Cli.Connection.Contact;
using SearchCluster.Contracts.Api;
using SearchCluster.Contracts.Wire;

namespace SearchCluster.Cli.Tests.Connection;

/// <summary>A command finds the active one of several coordinators.</summary>
[Trait("Promise", "R17")]
public sealed class CoordinatorTurnsTests
{
    private static readonly Uri First = new("https://one:8642/");
    private static readonly Uri Second = new("https://two:8642/");

    [Fact]
    public async Task The_active_one_that_a_standby_names_is_asked_and_stays_the_first()
    {
        var network = new Network { [First] = StandsBy(Second), [Second] = Answers };
        using var client = Client(network, [First]);

        (await GetAsync(client)).ShouldBe(HttpStatusCode.OK);
        (await GetAsync(client)).ShouldBe(HttpStatusCode.OK);

        network.Asked.ShouldBe([First, Second, Second]);
    }

    [Fact]
    public async Task One_that_may_not_be_called_is_not_called_and_the_refusal_of_the_standby_is_told()
    {
        var network = new Network { [First] = StandsBy(new("http://stranger:80/")) };
        using var client = Client(network, [First]);

        (await GetAsync(client)).ShouldBe(HttpStatusCode.ServiceUnavailable);

        network.Asked.ShouldBe([First]);
    }

    [Fact]
    public async Task Who_does_not_answer_is_passed_over_also_with_a_change_that_nobody_has_seen()
    {
        var network = new Network { [Second] = Answers };
        using var client = Client(network, [First, Second]);

        using var response = await client.PostAsync(
            new Uri("api/v1/searches", UriKind.Relative), new StringContent("{}"), TestContext.Current.CancellationToken);

        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        network.Asked.ShouldBe([First, Second]);
    }

    private static HttpClient Client(Network network, IReadOnlyList<Uri> known) => new(
        new CoordinatorTurns(network, known, active => active.Scheme == Uri.UriSchemeHttps, new FakeTimeProvider()))
    {
        BaseAddress = known[0],
    };

    private static async Task<HttpStatusCode> GetAsync(HttpClient client)
    {
        using var response = await client.GetAsync(new Uri("api/v1/cluster", UriKind.Relative), TestContext.Current.CancellationToken);
        return response.StatusCode;
    }

    private static HttpResponseMessage Answers() => new(HttpStatusCode.OK);

    private static Func<HttpResponseMessage> StandsBy(Uri active) => () => new(HttpStatusCode.ServiceUnavailable)
    {
        Content = JsonContent.Create(
            new ApiProblem("This coordinator stands by.", 503, ProblemCodes.StandingBy) { Active = active.AbsoluteUri },
            ContractsJsonContext.Default.ApiProblem),
    };

    /// <summary>Coordinators by their addresses; nobody takes a connection elsewhere.</summary>
    private sealed class Network : HttpMessageHandler
    {
        private readonly Dictionary<Uri, Func<HttpResponseMessage>> _answers = [];

        public List<Uri> Asked { get; } = [];

        public Func<HttpResponseMessage> this[Uri address]
        {
            set => _answers[address] = value;
        }

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var address = new Uri(request.RequestUri!, "/");
            Asked.Add(address);
            return _answers.TryGetValue(address, out var answer)
                ? Task.FromResult(answer())
                : Task.FromException<HttpResponseMessage>(new HttpRequestException(HttpRequestError.ConnectionError));
        }
    }
}
