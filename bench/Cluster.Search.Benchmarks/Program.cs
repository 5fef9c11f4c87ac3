using SearchCluster.Search.Benchmarks;
using SearchCluster.Search.Benchmarks.Analysis;
using SearchCluster.Search.Benchmarks.Efficiency;

return args switch
{
    ["efficiency", .. var rest] => EfficiencyCommand.Run(new Arguments(rest)),
    ["analysis", .. var rest] => AnalysisCommand.Run(new Arguments(rest)),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("""
        Measures samplers and schedulers without workers. Tables are in Markdown.

          efficiency   --algorithms auto,gp,tpe --problems suite|tuning|all|NAME,… --seeds 0-19 --batch 1,4 [--option.NAME VALUE]
                       median simple regret after 25, 50 and 100 trials; seeds 0-19 are for comparison, tune on others
          analysis     --trials 50,100,1000,10000 --dimensions 10
                       milliseconds for importance and partial dependence
        """);
    return 2;
}
