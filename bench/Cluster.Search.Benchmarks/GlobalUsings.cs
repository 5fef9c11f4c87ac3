global using SearchCluster.Search.Decisions;
global using SearchCluster.Search.State;
global using SearchCluster.Search.State.Evolution;
global using SearchCluster.Search.View;
