"""Result and scores in; uncertainty, reliability, gaps and levers out."""
