using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using SearchCluster.Contracts.Api;
using SearchCluster.Contracts.Wire;

namespace SearchCluster.Contracts.Tests.Text;

public sealed class JsonMisfitTests
{
    [Theory]
    [InlineData("{}", "1:1 the body lacks text and fileName; it takes text, fileName, overrides, onDuplicate, traceParent")]
    [InlineData(
        "[]",
        "1:1 the body is a list, but must be an object in braces; it takes text, fileName, overrides, onDuplicate, traceParent")]
    [InlineData(
        "7",
        "1:1 the body is 7, but must be an object in braces; it takes text, fileName, overrides, onDuplicate, traceParent")]
    [InlineData(
        "{\"text\":null,\"fileName\":\"a\"}",
        "1:9 text is null, but must be a text in quotes; for example \"text\": \"some text\"")]
    [InlineData(
        "{\"text\":\"\",\n \"fileName\":\"a\",\"overrides\":{\"seed\":\"1\",\"budget.trials\":3}}",
        "2:57 overrides[\"budget.trials\"] is 3, but must be a text in quotes; write \"3\"")]
    [InlineData(
        "{\"text\":\"\",\"fileName\":\"a\",\"overrides\":[\"x\"]}",
        "1:39 overrides is a list, but must be an object in braces; for example \"overrides\": {}")]
    public void A_submission_is_told_what_does_not_fit(string json, string told) => Told<SubmitRequest>(json).ShouldBe(told);

    [Theory]
    [InlineData(
        "{\"trial\":3}",
        "1:2 the body has no member \"trial\". Did you mean \"trials\"?; it takes trials, time, concurrency, dataSource")]
    [InlineData(
        "{\"trials\":\"3\"}",
        "1:11 trials is \"3\", but must be a whole number, at most 2147483647, without quotes; for example \"trials\": 20")]
    [InlineData(
        "{\"trials\":3.5}",
        "1:11 trials is 3.5, but must be a whole number, at most 2147483647, without quotes; for example \"trials\": 20")]
    [InlineData(
        "{\"trials\":9999999999}",
        "1:11 trials is 9999999999, but must be a whole number, at most 2147483647, without quotes; for example \"trials\": 20")]
    [InlineData(
        "{\"trials\":null}",
        "1:11 trials is null, but must be a whole number, at most 2147483647, without quotes; for example \"trials\": 20")]
    [InlineData(
        "{\"time\":\"1h\"}",
        "1:9 time is \"1h\", but must be a time in the form \"hh:mm:ss\" or \"days.hh:mm:ss\"; "
            + "for example \"time\": \"01:30:00\" for an hour and a half")]
    public void An_addition_is_told_what_does_not_fit(string json, string told) => Told<ResumeRequest>(json).ShouldBe(told);

    [Theory]
    [InlineData("{\"mode\":1}", "1:9 mode is 1, but must be one of \"Graceful\", \"Now\"; for example \"mode\": \"Graceful\"")]
    [InlineData(
        "{\"mode\":null}",
        "1:9 mode is null, but must be one of \"Graceful\", \"Now\"; for example \"mode\": \"Graceful\"")]
    [InlineData(
        "{\"mode\":\"later\"}",
        "1:9 mode is \"later\", but must be one of \"Graceful\", \"Now\"; for example \"mode\": \"Graceful\"")]
    public void A_stop_is_told_what_does_not_fit(string json, string told) => Told<StopRequest>(json).ShouldBe(told);

    [Fact]
    public void What_fits_is_left_to_the_serializer()
    {
        Told<ResumeRequest>("{\"trials\":3,\"time\":\"1.02:03:04\",\"concurrency\":null,\"dataSource\":null}").ShouldBeNull();
        Told<StopRequest>("{\"mode\":\"now\"}").ShouldBeNull();
        Told<SubmitRequest>("{\"text\":\"a\",\"fileName\":\"b\",\"overrides\":{\"seed\":\"1\"},\"traceParent\":null}").ShouldBeNull();
    }

    [Theory]
    [InlineData("{\"workers\": 3}", "line 1, column 13: workers is 3, but must be a list in brackets.")]
    [InlineData(
        "{\"searches\": 0,\n \"workers\": [\n  {\"held\": [7]}]}",
        "line 3, column 13: workers[0].held[0] is 7, but must be an object in braces.")]
    [InlineData(
        "{\"workers\": [{\"lastSeenAt\": \"yesterday\"}]}",
        "line 1, column 29: workers[0].lastSeenAt is \"yesterday\", but must be a moment in the form \"2026-12-31T23:59:59+00:00\".")]
    public void A_text_that_is_read_is_told_with_field_value_rule_and_place(string json, string told) =>
        Should.Throw<JsonException>(
            () => JsonMisfit.Read(Encoding.UTF8.GetBytes(json), ContractsJsonContext.Default.ClusterView, "the answer"))
            .Message.ShouldBe(told);

    [Fact]
    public void What_a_converter_refuses_is_told_in_its_words_with_the_field()
    {
        var told = Should.Throw<JsonException>(() => JsonMisfit.Read(
            "{\"workers\": [{\"worker\": {\"workerId\": \"a b\"}}]}"u8, ContractsJsonContext.Default.ClusterView, "the answer")).Message;

        told.ShouldStartWith("line 1, column 38: workers[0].worker.workerId is \"a b\": \"a b\" is not a worker name; use 1 to 100 of ");
        told.ShouldNotContain("Path:");
        told.ShouldNotContain("(Parameter");
    }

    [Fact]
    public void A_member_of_a_newer_release_is_none_of_this_ones_business_unless_it_stands_for_one_that_is_missing()
    {
        JsonMisfit.Find("{\"kind\":\"cpu\",\"name\":\"a\",\"memoryBytes\":1,\"new\":[{}]}"u8, Device, isStrict: true).ShouldBeNull();
        JsonMisfit.Find("{\"kind\":\"cpu\",\"nmae\":\"a\",\"memoryBytes\":1}"u8, Device, "the device", isStrict: true)!.Message
            .ShouldBe("the device has no member \"nmae\". Did you mean \"name\"?");
        JsonMisfit.Find("{\"kind\":\"cpu\"}"u8, Device, "the device", isStrict: true)!.Sentence
            .ShouldBe("line 1, column 1: the device lacks name and memoryBytes.");
        JsonMisfit.Find("{\"kind\":\"cpu\"}"u8, Device).ShouldBeNull();
    }

    private static JsonTypeInfo Device => ContractsJsonContext.Default.GetTypeInfo(typeof(DeviceDescription))!;

    private static string? Told<T>(string json)
    {
        var options = new JsonSerializerOptions(ContractsJsonContext.Default.Options)
        {
            TypeInfoResolver = ContractsJsonContext.Default,
            RespectNullableAnnotations = true,
            RespectRequiredConstructorParameters = true,
            UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        };
        return JsonMisfit.Find(Encoding.UTF8.GetBytes(json), (JsonTypeInfo<T>)options.GetTypeInfo(typeof(T))) is { } fault
            ? FormattableString.Invariant($"{fault.Line}:{fault.Column} {fault.Message}; {fault.Help}")
            : null;
    }
}
